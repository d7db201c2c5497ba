import { runDebtorIndexThread } from '../debtors/list/index-thread.ts';
import { paySource } from '../dialer/ranking/pay-source.ts';

runDebtorIndexThread(paySource);
