import { runLetterThread } from '../debtors/documents/letter-thread.ts';

runLetterThread();
