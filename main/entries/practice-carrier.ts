import { runCarrierProcess } from '../practice/index.ts';

runCarrierProcess(process.argv.slice(2));
