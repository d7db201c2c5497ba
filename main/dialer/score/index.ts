export { PayScoreJob, type PayScoreJobOptions } from './pay-score-job.ts';
export { type PayScore, payScores } from './pay-scores.ts';
export { announceScores, createScoreHandlers } from './score-handlers.ts';
