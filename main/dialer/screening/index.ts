export { createChooseNumber } from './choose-number.ts';
export type { ScreeningView } from './screener.ts';
export { Screening, type ScreeningParts } from './screening.ts';
