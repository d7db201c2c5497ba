import { runLetterThread } from '../debtors/index.ts';

await runLetterThread();
