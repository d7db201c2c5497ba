export type { DayResult } from './day-result.ts';
export { constant, type Distribution, exponential, logNormal } from './distribution.ts';
export type { Absence, AnswerRateCourse, CallOutcome, Scenario } from './scenario.ts';
export { answersAt, exponentialWorld, s2, s3, scenarios, withNotice } from './scenarios.ts';
export { simulateTeam, type TeamAnswer, type TeamQuestion } from './simulate-team.ts';
