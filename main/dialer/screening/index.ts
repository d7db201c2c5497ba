export { chooseNumbers, createChooseNumber } from './choose-number.ts';
export type { DryRunCounts, DryRunQuestion } from './dry-run.ts';
export { createDryRunHandlers, type DryRunHandlersParts } from './dry-run-handlers.ts';
export { LookedAhead, type LookedAheadParts } from './looked-ahead.ts';
export type { ScreeningView } from './screener.ts';
export { Screening, type ScreeningParts } from './screening.ts';
