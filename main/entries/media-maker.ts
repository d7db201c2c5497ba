import { runMediaThread } from '../channels/mms/media/media-thread.ts';

runMediaThread();
