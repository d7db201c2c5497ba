import type { BenchContext, Figure } from '../bench.ts';

/** One part of the benchmark of the dialer; `--part NAME` runs it alone. */
export interface DialerPart {
  name: string;
  figures(context: BenchContext): Promise<readonly Figure[]>;
}
