import { runExportThread } from '../debtors/export/export-thread.ts';

runExportThread();
