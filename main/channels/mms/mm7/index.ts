import type { AdapterKind } from '../../types.ts';
import { Mm7Adapter } from './mm7-adapter.ts';
import { testMm7 } from './test-mm7.ts';

/** An MMS centre that speaks MM7 (3GPP TS 23.140). */
export const mm7Adapter: AdapterKind<'mm7'> = {
  kind: 'mm7',
  create: (parts) => new Mm7Adapter(parts),
  test: testMm7,
};
