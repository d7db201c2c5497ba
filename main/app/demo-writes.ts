import type { WriteMap } from '../store/index.ts';
import { writeDemoHistory } from './demo-history.ts';
import { writeDemoWork } from './demo-work.ts';

export const demoWrites = {
  'demo.write-history': writeDemoHistory,
  'demo.write-work': writeDemoWork,
} satisfies WriteMap;
