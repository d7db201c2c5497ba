export { type SampleTemplate, type SaveTemplate, templateWrites } from './template-writes.ts';
