export { pacingLogWrites } from './pacing-log-writes.ts';
