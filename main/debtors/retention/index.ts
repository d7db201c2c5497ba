export { createRetentionHandlers, type RetentionHandlersParts } from './retention-handlers.ts';
export { RetentionJob, type RetentionJobParts } from './retention-job.ts';
export type { RetentionLaw, RetentionLaws } from './retention-types.ts';
