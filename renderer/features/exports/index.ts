export { ExportProgressLine } from './export-progress.tsx';
export { type ExportJob, useExportJob } from './use-export-job.ts';
