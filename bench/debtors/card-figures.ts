import { seededRandom } from '../../main/debtors/sample/seeded-random.ts';
import type { Figure } from '../bench.ts';
import { twoPercentiles } from '../main-job/latency.ts';
import { openBenchStore } from './bench-store.ts';
import { drawDebtorIds } from './draw-queries.ts';
import { type EngineClient, trivialRoundTrip } from './engine-client.ts';

const CARDS = 400;
const WARM_UP = 20;
const AIM_MS = 10;

export interface CardParts {
  client: EngineClient;
  dataDir: string;
  /** who have a long history */
  heavyDebtorIds: readonly string[];
}

/**
 * The whole card, asked for over the WebSocket: of debtors with a long history in turn with any debtor, so that the
 * cache holds neither for long.
 */
export async function cardFigures(parts: CardParts): Promise<Figure[]> {
  const { client, heavyDebtorIds } = parts;
  const others = await anyDebtors(parts.dataDir, CARDS + WARM_UP);
  const heavy: number[] = [];
  const any: number[] = [];
  const baseline: number[] = [];
  let bytes = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, other] of others.entries()) {
    const debtorId = heavyDebtorIds[index % heavyDebtorIds.length] as never;
    const long = await client.time('debtor.card', { debtorId });
    const short = await client.time('debtor.card', { debtorId: other as never });
    const nothing = await trivialRoundTrip(client);
    if (index < WARM_UP) continue;
    baseline.push(nothing);
    heavy.push(long.ms);
    any.push(short.ms);
    bytes = Math.max(bytes, long.bytes);
    least = Math.min(least, long.value.historyTotal);
  }
  return [
    ...twoPercentiles(`card with ${least} interactions, command sent to reply complete`, heavy, {
      baseline,
      aim: AIM_MS,
    }),
    ...twoPercentiles('card of any debtor, command sent to reply complete', any, {
      baseline,
      aim: AIM_MS,
    }),
    { name: '  largest reply', value: bytes / 1024, unit: 'KiB' },
  ];
}

async function anyDebtors(dataDir: string, count: number): Promise<string[]> {
  const database = await openBenchStore(dataDir, 'reader');
  try {
    return drawDebtorIds(database, seededRandom(17), count);
  } finally {
    database.close();
  }
}
