export { createLookupHandlers, type LookupHandlersParts } from './lookup-handlers.ts';
export { LookupJobs, type LookupJobsParts } from './lookup-jobs.ts';
export { lookupWrites } from './lookup-writes.ts';
