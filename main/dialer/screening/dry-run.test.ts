import { afterEach, expect, it } from 'vitest';
import type { DryRun } from '#shared/contract/index.ts';
import type { RequestContext } from '../../contract-server/types.ts';
import { type DryRunCounts, type DryRunQuestion, dryRun } from './dry-run.ts';
import { createDryRunHandlers } from './dry-run-handlers.ts';
import { HOUR, NOON, openScreeningRig, type ScreeningRig } from './screening.fixture.ts';

let rig: ScreeningRig;
afterEach(() => rig.close());

function run(question: Partial<DryRunQuestion> = {}): DryRunCounts {
  const { campaignId, store, rules } = rig;
  const parts = dryRun(store.read, rules, { campaignId, now: NOON, hours: [], ...question });
  for (;;) {
    const part = parts.next();
    if (part.done) return part.value;
  }
}

const set = (index: number, columns: Record<string, unknown>) =>
  rig.store.runNow((db) =>
    db.update('contactListEntry', String(rig.entry(index).id), { ...columns }),
  );
const rows = (table: 'contactDecision' | 'attempt' | 'contactEvent') =>
  rig.store.read.all(`SELECT 1 FROM ${table}`).length;

it('counts who may be called now and at each hour, and what rules stop the others', () => {
  rig = openScreeningRig(10);
  rig.hold(0);
  rig.hold(1);
  set(2, { excluded: 1 });
  set(3, { status: 'waiting', nextAt: NOON + 2 * HOUR });
  set(4, { status: 'done' });
  rig.store.runNow((db) => db.update('contactPoint', rig.phone(5).id, { status: 'wrongNumber' }));
  const hours = [NOON + HOUR, NOON + 3 * HOUR, NOON + 9 * HOUR];
  const counts = run({ hours });
  expect(counts).toMatchObject({
    entries: 9,
    sampled: 9,
    scale: 1,
    excluded: 1,
    noNumber: 1,
    callableNow: 4,
    callableToday: 5,
    callableEver: 5,
    // nobody after eight in the evening
    byHour: [4, 5, 0],
    numberKinds: [{ kind: 'mobile', entries: 7 }],
  });
  expect(counts.stoppedBy).toMatchObject([{ rule: 'T-cease', entries: 2 }]);
});

it('leaves no trace: no decision, no attempt, no contact', () => {
  rig = openScreeningRig(3);
  run({ hours: [NOON + HOUR] });
  expect([rows('contactDecision'), rows('attempt'), rows('contactEvent')]).toEqual([0, 0, 0]);
});

it('says of a long list what a part of it says, scaled up', async () => {
  rig = openScreeningRig(1_500);
  for (let index = 0; index < 1_500; index += 3) set(index, { excluded: 1 });
  const screening = { dryRun: async (question: DryRunQuestion) => run(question) };
  const { store, clock, campaignId } = rig;
  const handlers = createDryRunHandlers({ read: store.read, clock, screening });
  const answer = (await handlers['campaign.dry-run']?.(
    { campaignId, agents: 5 } as never,
    {} as RequestContext,
  )) as unknown as DryRun;
  expect(answer).toMatchObject({ entries: 1_500, sampled: 1_000, agents: 5, guessed: true });
  expect(Math.abs(answer.excluded - 500)).toBeLessThan(50);
  expect(Math.abs(answer.callableNow - 1_000)).toBeLessThan(50);
  expect(answer.expectedCalls).toBe(answer.callableNow);
  expect(answer.expectedAnswers).toBeCloseTo(answer.expectedCalls * 0.12, 0);
  expect(answer.expectedHours).toBeGreaterThan(0);
  await expect(
    handlers['campaign.dry-run']?.({ campaignId: 'none' } as never, {} as RequestContext),
  ).rejects.toMatchObject({ code: 'contract.not-found' });
}, 30_000);
