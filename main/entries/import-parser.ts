import { runImportParser } from '../debtors/index.ts';

runImportParser();
