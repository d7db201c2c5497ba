import type { WriteMap } from '../store/index.ts';
import { writeDemoHistory } from './demo-history.ts';

export const demoWrites = { 'demo.write-history': writeDemoHistory } satisfies WriteMap;
