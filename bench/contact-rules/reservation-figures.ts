import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { attemptWrites } from '../../main/app/writes.ts';
import type { SeededRandom } from '../../main/debtors/sample/seeded-random.ts';
import type { OpenStore } from '../../main/store/index.ts';
import { type Figure, percentile } from '../bench.ts';
import { twoPercentiles } from '../main-job/latency.ts';
import { logBytes } from './rules-store.ts';
import { setHold } from './screening-figures.ts';

const WARM_UP = 50;
const AIM_MS = 5;
const COMMAND_AIM_MS = 25;
/** calls are not reserved one upon the other without a pause */
const PAUSE_MS = 2;
const FRAME_BYTES = 4_096 + 24;

export interface Reservations {
  decisionMs: number[];
  flushMs: number[];
  /** bytes that one decision adds to the write-ahead log */
  bytes: number;
  allowed: number;
  commandMs: number[];
}

export interface ReserveOptions {
  count: number;
  /** ends it sooner */
  until?: () => boolean;
  /** an agent sets a flag now and then, too */
  commands?: boolean;
}

/**
 * Reservations one at a time through the product's own write and its writer thread: `attempt.reserve` asks the door, stores
 * the decision with its facts and the event that counts, and resolves when that is durable. After each, as many bytes as it
 * added to the log are appended to a file beside the store and flushed: what the disk alone takes.
 */
export async function reserveMany(
  store: OpenStore,
  random: SeededRandom,
  debtorIds: readonly string[],
  { count, until = () => false, commands = false }: ReserveOptions,
): Promise<Reservations> {
  const file = join(store.dataDir, 'flush.tmp');
  const descriptor = openSync(file, 'a');
  const found: Reservations = {
    decisionMs: [],
    flushMs: [],
    bytes: 0,
    allowed: 0,
    commandMs: [],
  };
  const sizes: number[] = [];
  let append = Buffer.alloc(4 * FRAME_BYTES, 1);
  try {
    for (let index = -WARM_UP; index < count && !until(); index += 1) {
      const before = logBytes(store.dataDir);
      const startedMs = performance.now();
      const allowed = await reserveOne(store, random, debtorIds);
      const decisionMs = performance.now() - startedMs;
      const grown = logBytes(store.dataDir) - before;
      if (grown > 0 && !commands) {
        sizes.push(grown);
        append = Buffer.alloc(percentile(sizes, 0.5), 1);
      }
      const flushMs = flush(descriptor, append);
      if (index >= 0) {
        found.decisionMs.push(decisionMs);
        found.flushMs.push(flushMs);
        if (allowed) found.allowed += 1;
      }
      if (commands && index % 4 === 0)
        found.commandMs.push(await commandOne(store, random, debtorIds));
      await wait(PAUSE_MS);
    }
  } finally {
    closeSync(descriptor);
    rmSync(file);
  }
  return { ...found, bytes: append.length };
}

function flush(descriptor: number, bytes: Buffer): number {
  const startedMs = performance.now();
  writeSync(descriptor, bytes);
  fsyncSync(descriptor);
  return performance.now() - startedMs;
}

let calls = 0;

/** @returns whether the call may be made */
async function reserveOne(
  store: OpenStore,
  random: SeededRandom,
  debtorIds: readonly string[],
): Promise<boolean> {
  const debtorId = random.pick(debtorIds);
  const number = store.read.get<{ id: string; value: string }>(
    'SELECT id, value FROM contactPoint WHERE debtorId = ? ORDER BY rank LIMIT 1',
    debtorId,
  );
  if (!number) throw new Error(`${debtorId} has no number`);
  calls += 1;
  const start = {
    mode: 'manual' as const,
    debtorId,
    contactPointId: number.id,
    number: number.value,
    trunkId: 'bench',
    callerId: '+48225550000',
    campaignId: null,
    entryId: null,
    personId: null,
    ringTimeoutMs: 25_000,
    answerToAgentMaxMs: 2_000,
    recordCalls: true,
  };
  const ids = { attemptId: `bench-${process.pid}-${calls}`, callId: `bench-call-${calls}` };
  const reply = await store.write(
    attemptWrites,
    'attempt.reserve',
    { ...ids, start, clockSuspect: false },
    { priority: 'call' },
  );
  return reply.ok;
}

async function commandOne(
  store: OpenStore,
  random: SeededRandom,
  debtorIds: readonly string[],
): Promise<number> {
  const startedMs = performance.now();
  // who has the flag already is refused in the same queue: the wait is the same
  await setHold(store, random.pick(debtorIds)).catch(() => {});
  return performance.now() - startedMs;
}

export function reservationFigures(name: string, found: Reservations): Figure[] {
  const { decisionMs, flushMs, bytes, allowed, commandMs } = found;
  const difference = percentile(decisionMs, 0.99) - percentile(flushMs, 0.99);
  return [
    {
      name: `${name}: p99 beyond the disk's own flush`,
      value: difference,
      unit: 'ms',
      aim: AIM_MS,
    },
    ...twoPercentiles(`  ${name}`, decisionMs, { baseline: flushMs }),
    { name: '  decisions measured', value: decisionMs.length, unit: 'decisions' },
    { name: '  of these yes', value: (100 * allowed) / decisionMs.length, unit: '%' },
    { name: '  bytes of one in the log, also of its baseline', value: bytes, unit: 'bytes' },
    ...(commandMs.length === 0
      ? []
      : twoPercentiles('  flag set by an agent meanwhile', commandMs, { aim: COMMAND_AIM_MS })),
  ];
}
