import { setTimeout as wait } from 'node:timers/promises';
import type { Figure } from '../bench.ts';
import { openBenchStore } from '../debtors/bench-store.ts';
import { type GatewaySpeed, MessageEngine, prepareMessages, sendMany } from './message-engine.ts';
import { makeMessageStore, referenceOf } from './message-store.ts';
import { SmscPeer } from './smsc-peer.ts';

export interface CrashRun {
  dataDir: string;
  messages: number;
  /** after how many messages at the SMSC the engine is killed, in order */
  killAt: readonly number[];
  /** what is under way at once, and with it what may be unknown after a kill; default: as fast as it goes */
  speed?: GatewaySpeed;
  note(text: string): void;
}

/** What the SMSC and the store say of a bulk during which the engine was killed. */
export interface CrashResult {
  kills: number;
  /** taken by the SMSC more than once */
  twice: number;
  /** the store says that it was sent, and the SMSC never took it */
  phantom: number;
  /** the SMSC took it, and the store says that it was not sent */
  denied: number;
  /** the store does not know, and says so */
  unknown: number;
  /** of those, taken by the SMSC */
  unknownTaken: number;
  /** the SMSC took it, and the store knows */
  known: number;
  /** still waiting, or ended otherwise */
  left: Record<string, number>;
}

const sentStates = ['sent', 'delivered', 'read'];
const finishWithinMs = 100_000;
/** nothing moved for so long: what is unknown stays so */
const quietMs = 3_000;

/** Kills the engine (SIGKILL) in the middle of a message to many, again and again; then lets it finish, and counts. */
export async function crashRun(run: CrashRun): Promise<CrashResult> {
  const { dataDir, messages, killAt, speed, note } = run;
  await makeMessageStore(dataDir, { bulk: messages, byHand: 0 });
  const smsc = await SmscPeer.start();
  let engine = await MessageEngine.start(dataDir);
  try {
    const prepared = await prepareMessages(engine.client, smsc.port, speed);
    for (const [index, taken] of killAt.entries()) {
      await smsc.ask({ kind: 'killAt', taken, pid: engine.pid });
      if (index === 0) await sendMany(engine.client, prepared);
      await killed(engine);
      note(`killed with ${(await smsc.ask({ kind: 'count' })).taken} messages at the SMSC`);
      engine = await MessageEngine.start(dataDir);
    }
    const states = await settledStates(dataDir, messages);
    const texts = await smsc.ask({ kind: 'texts' });
    return { kills: killAt.length, ...compare(states, texts) };
  } finally {
    await engine.stop();
    await smsc.stop();
  }
}

/** What was lost on the way to the SMSC never arrives there: too late a kill would not come. */
async function killed(engine: MessageEngine): Promise<void> {
  const gaveUp = new AbortController();
  const tooLong = wait(finishWithinMs, 'not', { signal: gaveUp.signal }).catch(() => 'not');
  const how = await Promise.race([engine.ended().then(() => 'killed'), tooLong]);
  gaveUp.abort();
  if (how === 'not') throw new Error('the SMSC never got as many as it was to kill at');
}

type States = Map<string, string>;

/** State of each debtor's message, once nothing waits any more and nothing moves. */
async function settledStates(dataDir: string, messages: number): Promise<States> {
  const database = await openBenchStore(dataDir, 'reader');
  const read = database.prepare(
    `SELECT d.externalRef AS reference, m.state AS state
     FROM message m JOIN debtor d ON d.id = m.debtorId`,
  );
  try {
    const startedMs = performance.now();
    let [last, sinceMs] = ['', startedMs];
    for (;;) {
      const rows = read.all() as { reference: string; state: string }[];
      const states = new Map(rows.map(({ reference, state }) => [reference, state]));
      const shown = JSON.stringify(countOf(states));
      if (shown !== last) [last, sinceMs] = [shown, performance.now()];
      const waits = rows.some(({ state }) => ['queued', 'permitted', 'sent'].includes(state));
      const isQuiet = performance.now() - sinceMs > quietMs;
      if (rows.length === messages && !waits && isQuiet) return states;
      if (performance.now() - startedMs > finishWithinMs) {
        throw new Error(`it did not finish: ${rows.length} rows, ${last}`);
      }
      await wait(250);
    }
  } finally {
    database.close();
  }
}

function compare(states: States, texts: readonly string[]): Omit<CrashResult, 'kills'> {
  const taken = new Map<string, number>();
  for (const text of texts) {
    const reference = /R\d{6}/.exec(text)?.[0] ?? '';
    taken.set(reference, (taken.get(reference) ?? 0) + 1);
  }
  const result = { twice: 0, phantom: 0, denied: 0, unknown: 0, unknownTaken: 0, known: 0 };
  for (let index = 0; index < states.size; index += 1) {
    const reference = referenceOf(index);
    const times = taken.get(reference) ?? 0;
    const state = states.get(reference) ?? 'missing';
    if (times > 1) result.twice += 1;
    if (state === 'unknown') {
      result.unknown += 1;
      if (times > 0) result.unknownTaken += 1;
    } else if (sentStates.includes(state)) {
      if (times === 0) result.phantom += 1;
      else result.known += 1;
    } else if (times > 0) result.denied += 1;
  }
  return { ...result, left: countOf(states) };
}

function countOf(states: States): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const state of states.values()) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

export function crashFigures(result: CrashResult): Figure[] {
  const { kills, twice, phantom, denied, unknown, unknownTaken } = result;
  const of = `engine killed ${kills} times in a bulk`;
  return [
    { name: `${of}: sent twice`, value: twice, unit: 'messages', aim: 0 },
    { name: `${of}: told as sent, never taken`, value: phantom, unit: 'messages', aim: 0 },
    { name: `${of}: taken, told as not sent`, value: denied, unit: 'messages', aim: 0 },
    { name: `${of}: reported as unknown`, value: unknown, unit: 'messages' },
    { name: `${of}: of those, taken`, value: unknownTaken, unit: 'messages' },
  ];
}
