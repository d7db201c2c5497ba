import { setTimeout as wait } from 'node:timers/promises';
import { type Figure, percentile } from '../bench.ts';
import type { EngineClient } from '../debtors/engine-client.ts';
import { debtorIdOf, referenceOf } from './message-store.ts';
import type { SmscPeer } from './smsc-peer.ts';

const aimMs = 150;
const warmUp = 10;
const arriveWithinMs = 30_000;

/**
 * An agent sends one message after the other, each to another debtor.
 * @param first index of the first debtor; @param until ends it sooner
 * @returns ms from handing the command to the socket until the SMSC has read the submit_sm, by the one clock of this machine
 */
export async function typeMessages(
  client: EngineClient,
  smsc: SmscPeer,
  { first, count, templateId, until = () => false }: KeystrokeRun,
): Promise<number[]> {
  const tookMs: number[] = [];
  for (let index = 0; index < count && !until(); index += 1) {
    const pressedAt = performance.timeOrigin + performance.now();
    const sent = await client.send('message.send', {
      debtorId: debtorIdOf(first + index) as never,
      channel: 'sms',
      templateId: templateId as never,
    });
    if (sent.state === 'failed') throw new Error(`it was not sent: ${sent.reason}`);
    const arrivedAt = await arrival(smsc, referenceOf(first + index));
    if (index >= warmUp) tookMs.push(arrivedAt - pressedAt);
    await wait(20);
  }
  return tookMs;
}

export interface KeystrokeRun {
  first: number;
  count: number;
  templateId: string;
  until?: () => boolean;
}

async function arrival(smsc: SmscPeer, containing: string): Promise<number> {
  const deadlineMs = performance.now() + arriveWithinMs;
  while (performance.now() < deadlineMs) {
    const at = await smsc.ask({ kind: 'arrival', containing });
    if (at !== null) return at;
    await wait(5);
  }
  throw new Error(`${containing} did not arrive`);
}

export function keystrokeFigures(when: string, tookMs: readonly number[]): Figure[] {
  return [
    {
      name: `keystroke to the gateway, ${when}, p50`,
      value: percentile(tookMs, 0.5),
      unit: 'ms',
    },
    {
      name: `keystroke to the gateway, ${when}, p99`,
      value: percentile(tookMs, 0.99),
      unit: 'ms',
      aim: aimMs,
    },
  ];
}
