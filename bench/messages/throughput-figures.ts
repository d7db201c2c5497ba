import { setTimeout as wait } from 'node:timers/promises';
import type { Figure } from '../bench.ts';
import { bareMessagesPerSecond } from './bare-client.ts';
import { bulkCounts, type MessageEngine, sendMany } from './message-engine.ts';
import type { SmscPeer } from './smsc-peer.ts';

const lookEveryMs = 25;
const stuckAfterMs = 300_000;
const aimPerSecond = 2_000;

export interface BulkRun {
  gatewayId: string;
  templateId: string;
  messages: number;
}

/**
 * A message to many, from the command to the last receipt that is stored. While it leaves, the SMSC is looked at and not the
 * engine, which tells its clients twice a second how a bulk goes and is asked by none.
 * @returns seconds
 */
export async function runBulk(
  engine: MessageEngine,
  smsc: SmscPeer,
  run: BulkRun,
): Promise<number> {
  const before = (await smsc.ask({ kind: 'count' })).taken;
  const startedMs = performance.now();
  const bulkId = await sendMany(engine.client, run);
  for (;;) {
    const { taken, waiting } = await smsc.ask({ kind: 'count' });
    const isTaken = taken - before >= run.messages && waiting === 0;
    if (!isTaken && performance.now() - startedMs < stuckAfterMs) {
      await wait(lookEveryMs);
      continue;
    }
    const { counts, skipped, state } = await bulkCounts(engine.client, bulkId);
    const delivered = (counts.delivered ?? 0) + (counts.read ?? 0);
    if (delivered === run.messages) return (performance.now() - startedMs) / 1_000;
    if (state === 'failed' || performance.now() - startedMs > stuckAfterMs) {
      throw new Error(`the bulk stands: ${state} ${JSON.stringify({ counts, skipped })}`);
    }
    await wait(lookEveryMs);
  }
}

export async function throughputFigures(
  engine: MessageEngine,
  smsc: SmscPeer,
  run: BulkRun,
  note: (text: string) => void,
): Promise<Figure[]> {
  note('the bare client');
  const baseline = await bareMessagesPerSecond(smsc.port, run.messages);
  note(`${run.messages} messages through the product`);
  const seconds = await runBulk(engine, smsc, run);
  return [
    {
      name: 'personalised messages, from the command to the last receipt stored',
      value: run.messages / seconds,
      unit: 'messages/s',
      baseline,
      aim: aimPerSecond,
      better: 'higher',
    },
  ];
}
