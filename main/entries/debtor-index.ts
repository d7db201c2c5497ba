import { runDebtorIndexThread } from '../debtors/list/index-thread.ts';

runDebtorIndexThread();
