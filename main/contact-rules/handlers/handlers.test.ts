import { expect, test } from 'vitest';
import { type CommandName, commands } from '#shared/contract/index.ts';
import type { RequestContext } from '../../contract-server/types.ts';
import { aCall, aCap, aDoor, aPack, polish, tuesday } from '../door/door.fixture.ts';
import { createContactHandlers } from './contact-handlers.ts';

const agent = '01920000-0000-7000-8000-00000000000a';
const lead = '01920000-0000-7000-8000-00000000000b';
const debtorId = '01920000-0000-7000-8000-00000000000d';
const contactPointId = '01920000-0000-7000-8000-00000000000e';

const as = (personId: string, role: 'agent' | 'lead'): RequestContext => ({
  principal: { personId, displayName: 'P', role },
  connectionId: 'c',
  commandId: null,
});

function aServer() {
  const soft = aCap('SOFT', 1, 7, { severity: 'denyUnlessOverride', channels: ['call', 'sms'] });
  const door = aDoor({ packs: [aPack([soft])] });
  door.addDebtor({ id: debtorId }, []);
  door.store.runNow((db) => {
    const point = { kind: 'mobile', value: polish, status: 'active', timeZonesJson: '[]' };
    db.insert('contactPoint', { id: contactPointId, debtorId, ...point, createdAt: 0 });
    for (const [id, role] of [
      [agent, 'agent'],
      [lead, 'lead'],
    ]) {
      db.insert('person', { id, displayName: `The ${role}`, role, sipUser: id, createdAt: 0 });
    }
  });
  const published: string[] = [];
  // the inline store knows no writes but those it was opened with: this one runs them as it would
  const store = {
    ...door.store,
    write: async (map: Record<string, unknown>, name: string, input: never) =>
      door.store.runNow((db, context) => (map[name] as CallableFunction)(db, context, input)),
  };
  const handlers = createContactHandlers({
    store: store as never,
    rules: door.rules,
    clock: door.clock,
    overrideWrites: door.overrides,
    publisher: {
      publish: (name, data, audience) => {
        const state = 'state' in data ? data.state : '';
        published.push(`${name} ${state} to ${audience.kind}`);
      },
    },
  });
  /** What a client would get: the reply must be what the contract says. */
  const ask = async (name: CommandName, input: object, context = as(agent, 'agent')) => {
    const parsed = commands[name].input.parse(input);
    const reply = await (handlers[name] as CallableFunction)(parsed, context);
    return commands[name].output.parse(reply) as Record<string, unknown>;
  };
  const call = aCall(debtorId, { contactPointId, mode: 'manual', personId: agent });
  return { ...door, ask, call, published };
}

test('check says why not, with source, count and zones', async () => {
  const { ask, call, reserve } = aServer();
  reserve(call);
  const answer = await ask('contact.check', { debtorId, contactPointId, channel: 'call' });
  expect(answer).toMatchObject({
    channel: 'call',
    at: tuesday,
    allowed: false,
    overridable: true,
    historyFrom: null,
    blockedBy: [
      {
        rule: 'SOFT',
        pack: 'test',
        version: '1',
        packTitle: 'Test',
        source: 'test',
        basis: 'policy',
        counted: 1,
        limit: 1,
      },
    ],
    zones: [
      { timeZone: 'Europe/Warsaw', evidence: 'residence', of: 'PL' },
      { timeZone: 'Europe/Warsaw', evidence: 'mobile', of: polish },
    ],
    packs: [{ id: 'test', status: 'draft', own: false }],
  });
});

test('an override from asking to using, told to supervisors and to whoever asked', async () => {
  const { ask, call, reserve, published } = aServer();
  reserve(call);
  const wanted = { debtorId, contactPointId, channel: 'call', reason: 'asked to be called back' };
  const requested = await ask('contact.request-override', wanted);
  expect(requested).toMatchObject({
    state: 'requested',
    displayName: 'Made Up',
    value: polish,
    requestedByName: 'The agent',
    blockedBy: [{ rule: 'SOFT' }],
  });
  expect(published).toEqual([
    'contact.override-changed requested to roles',
    'contact.override-changed requested to person',
    'debtor.changed  to roles',
  ]);
  const { overrideId } = requested;
  const granted = await ask(
    'contact.grant-override',
    { overrideId, reason: 'heard the recording' },
    as(lead, 'lead'),
  );
  expect(granted).toMatchObject({
    state: 'granted',
    decidedByName: 'The lead',
    expiresAt: tuesday + 3_600_000,
  });
  expect(await ask('contact.check', { debtorId, contactPointId, channel: 'call' })).toMatchObject({
    allowed: true,
    override: { overrideId },
  });
  const { decisionId } = reserve(call);
  const used = { overridden: true };
  expect(await ask('rules.list-decisions', used, as(lead, 'lead'))).toMatchObject({
    decisions: [
      {
        decisionId,
        allowed: true,
        overriddenByName: 'The lead',
        overrideReason: 'heard the recording',
      },
    ],
    more: false,
  });
  const replayed = await ask('rules.replay-decision', { decisionId }, as(lead, 'lead'));
  expect(replayed).toMatchObject({ same: true, personName: 'The agent', decision: { decisionId } });
});

test('an agent sees the own requests and takes back no other', async () => {
  const { ask, call, reserve } = aServer();
  reserve(call);
  const wanted = { debtorId, contactPointId, channel: 'call', reason: 'a reason' };
  const own = await ask('contact.request-override', wanted);
  const others = await ask('contact.request-override', wanted, as(lead, 'lead'));
  const seen = async (context: RequestContext) => {
    const { overrides } = await ask('contact.list-overrides', {}, context);
    return (overrides as { overrideId: string }[]).map(({ overrideId }) => overrideId);
  };
  expect(await seen(as(agent, 'agent'))).toEqual([own.overrideId]);
  expect((await seen(as(lead, 'lead'))).sort()).toEqual([own.overrideId, others.overrideId].sort());
  await expect(
    ask('contact.withdraw-override', { overrideId: others.overrideId }),
  ).rejects.toMatchObject({ code: 'access.refused' });
  await ask('contact.refuse-override', { overrideId: own.overrideId }, as(lead, 'lead'));
  await expect(
    ask('contact.withdraw-override', { overrideId: own.overrideId }),
  ).rejects.toMatchObject({ code: 'work.already-ended' });
  await expect(
    ask('contact.grant-override', { reason: 'for whom?' }, as(lead, 'lead')),
  ).rejects.toMatchObject({ code: 'contract.bad-input' });
});
