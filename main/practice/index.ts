export type * from './calls/call-record.ts';
export * from './calls/read-call-log.ts';
export * from './carrier.ts';
export * from './process/messages.ts';
export { practicePromptFolder } from './process/prompt-folder.ts';
export { runCarrierProcess } from './process/run-carrier.ts';
export type { Scenario } from './scenario/index.ts';
export { parseScenario, type ScenarioProblem } from './scenario/parse-scenario.ts';
