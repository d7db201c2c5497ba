import { allWrites } from '../app/writes.ts';
import { runWriterThread } from '../store/index.ts';

runWriterThread(allWrites);
