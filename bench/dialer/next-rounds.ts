import { setTimeout as wait } from 'node:timers/promises';
import { openContactRules } from '../../main/app/door.ts';
import { campaignWrites } from '../../main/dialer/campaigns/writes.ts';
import { callableOf as plainCallableOf, ReadyLists } from '../../main/dialer/lists/index.ts';
import { chooseNumbers, LookedAhead } from '../../main/dialer/screening/index.ts';
import type { QuestionOf } from '../../main/dialer/types.ts';
import { type OpenStore, openConnection, systemClock } from '../../main/store/index.ts';
import { type Figure, percentile } from '../bench.ts';
import type { RulesStore } from '../contact-rules/rules-store.ts';

const NEXT = 100;
/** looked at ahead of each round, while nothing is measured: some of those who come next are taken by others */
const AHEAD = 130;
const MOST_ROUNDS = 200;
/** of the list, in one run: of one in ten who is not blocked there must be enough */
const TAKEN_SHARE = 0.08;
const AIM_MS = 20;
/** every so many rounds one without anything looked at ahead, and one of plain reads */
const PLAIN_EVERY = 5;

interface Samples {
  readMs: number[];
  allMs: number[];
  /** processor time of the thread; what others take of a busy machine is not in it */
  allCpuMs: number[];
  plainMs: number[];
  bareMs: number[];
  aheadMs: number;
  lookedAt: number;
}

/**
 * The next hundred debtors of a list with what the rules say of each, on the engine's main thread, as a running campaign asks:
 * who comes next is looked at between the rounds. Between two rounds a hundred entries are written, each as a commit of
 * another connection, so that every page that is read lies on disk again for SQLite. Where thousands of refused entries come
 * first, the list walks past them between other work, before the time that is measured.
 */
export async function nextFigures(
  store: OpenStore,
  { campaignId, debtors }: RulesStore,
  name: string,
): Promise<Figure[]> {
  const { read } = store;
  const rules = openContactRules(store.meta.storeKind, systemClock);
  const ahead = new LookedAhead({ read, rules, now: () => Date.now() });
  const onReady = () => {};
  const now = () => Date.now();
  let isPlain = false;
  const callableOf = (debtorIds: readonly string[]) =>
    isPlain ? plainCallableOf(read, debtorIds) : ahead.callableOf(debtorIds);
  const lists = new ReadyLists({ read, now, onReady, callableOf });
  const bare = openConnection({ ...store.connection, role: 'reader' });
  const bareReads = BARE.map((sql) => bare.prepare(sql));
  const samples: Samples = {
    readMs: [],
    allMs: [],
    allCpuMs: [],
    plainMs: [],
    bareMs: [],
    aheadMs: 0,
    lookedAt: 0,
  };
  let found = 0;
  let last: { entryId: string } | null = null;
  const rounds = Math.min(MOST_ROUNDS, Math.floor((debtors * TAKEN_SHARE) / NEXT));
  for (let round = 0; round < rounds; round += 1) {
    isPlain = round % PLAIN_EVERY === 1;
    while (lists.ahead(campaignId, NEXT).length < NEXT) await wait(1);
    if (!isPlain) await lookAhead(lists, ahead, campaignId, samples);
    // a commit in between: what was read ahead is in no cache any more
    if (last !== null) await block(store, [last], Date.now());
    const at = Date.now();
    const usage = process.threadCpuUsage();
    const startedMs = performance.now();
    const entries = lists.nextMany(campaignId, at, new Set(), NEXT);
    const readTookMs = performance.now() - startedMs;
    const asked = entries.map(({ debtorId, ...callable }) => questionOf(debtorId, callable));
    const questions = asked.filter((question) => question !== null);
    if (isPlain) chooseNumbers(rules, read, questions, at);
    else ahead.chooseMany(questions, at);
    const tookMs = performance.now() - startedMs;
    const { user, system } = process.threadCpuUsage(usage);
    if (entries.length < NEXT)
      throw new Error(`only ${entries.length} debtors were found in round ${round}`);
    found += entries.length;
    // the first two prepare the statements
    if (round > 1 && isPlain) samples.plainMs.push(tookMs);
    else if (round > 1) {
      samples.readMs.push(readTookMs);
      samples.allMs.push(tookMs);
      samples.allCpuMs.push((user + system) / 1_000);
    }
    const ids = JSON.stringify(entries.map(({ debtorId }) => debtorId));
    const bareStartedMs = performance.now();
    for (const statement of bareReads) statement.all(ids);
    if (round > 1) samples.bareMs.push(performance.now() - bareStartedMs);
    await block(store, entries, at);
    last = entries[0] ?? null;
  }
  lists.close();
  ahead.close();
  bare.close();
  return figuresOf(`next ${NEXT} of ${debtors}, ${name}`, samples, found);
}

/** Rows of the same debtors, without asking anything of them; the cache is as empty as for the others. */
const BARE = ['debtor d ON d.id', 'contactPoint d ON d.debtorId', 'debt d ON d.debtorId']
  .concat('contactListEntry d ON d.debtorId', 'contactEvent d ON d.debtorId')
  .map((table) => `SELECT d.* FROM json_each(?) AS asked CROSS JOIN ${table} = asked.value`);

const questionOf: QuestionOf = (debtorId, { numbers, debtId }) => ({
  debtorId,
  debtId,
  numbers,
  mode: 'predictive',
  callerId: null,
  recordCalls: true,
});

/** As a campaign has it done twice a second; here until all are looked at. */
async function lookAhead(
  lists: ReadyLists,
  ahead: LookedAhead,
  campaignId: string,
  samples: Samples,
): Promise<void> {
  const startedMs = performance.now();
  ahead.lookAt(lists.ahead(campaignId, AHEAD), questionOf);
  const { waiting } = ahead;
  while (ahead.waiting > 0) await wait(0);
  samples.aheadMs += performance.now() - startedMs;
  samples.lookedAt += waiting;
}

/** So that the next round finds others, as after a refusal at the door; not in the time measured. */
async function block(
  store: OpenStore,
  entries: readonly { entryId: string }[],
  now: number,
): Promise<void> {
  const refusal = { nextAllowedAt: now + 3_600_000, because: 'bench' };
  await Promise.all(
    entries.map(({ entryId }) =>
      store.write(campaignWrites, 'campaign.block-entry', { entryId, refusal }),
    ),
  );
}

function figuresOf(label: string, samples: Samples, found: number): Figure[] {
  const { readMs, allMs, allCpuMs, plainMs, bareMs, aheadMs, lookedAt } = samples;
  const of = (name: string, all: readonly number[], share: number): Figure => ({
    name: `${name} p${share * 100}`,
    value: percentile(all, share),
    unit: 'ms',
    baseline: percentile(bareMs, share),
  });
  return [
    of(`${label}, with rules`, allMs, 0.5),
    { ...of(`${label}, with rules`, allMs, 0.99), aim: AIM_MS },
    of('  of which reads', readMs, 0.99),
    { name: '  processor time of the thread p50', value: percentile(allCpuMs, 0.5), unit: 'ms' },
    { name: '  processor time of the thread p99', value: percentile(allCpuMs, 0.99), unit: 'ms' },
    of('  nobody looked at ahead', plainMs, 0.5),
    of('  nobody looked at ahead', plainMs, 0.99),
    {
      name: '  looking at one ahead, between other work',
      value: (aheadMs * 1_000) / lookedAt,
      unit: 'µs',
    },
    { name: '  debtors given in that run', value: found, unit: 'debtors' },
  ];
}
