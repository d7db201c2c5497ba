import { runExportThread } from '../debtors/index.ts';

runExportThread();
