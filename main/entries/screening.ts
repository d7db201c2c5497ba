import { openContactRules } from '../app/door.ts';
import { runScreeningThread } from '../dialer/screening/screening-thread.ts';

runScreeningThread(openContactRules);
