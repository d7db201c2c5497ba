import { runDebtorIndexThread } from '../debtors/list/index-thread.ts';
import { paySource } from '../dialer/ranking/index.ts';

runDebtorIndexThread(paySource);
