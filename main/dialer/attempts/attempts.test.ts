import { afterEach, describe, expect, it } from 'vitest';
import { inboundWrites } from '../../telephony/call/index.ts';
import {
  ANSWER_SDP,
  anIdentity,
  type DialerRig,
  FINAL,
  openDialerRig,
  rest,
  turnsUntil,
} from '../../testing/dialer-rig.ts';

let rig: DialerRig;
afterEach(() => rig.close());

async function dial(overrides: Parameters<DialerRig['start']>[1] = {}, index = 0) {
  const started = await rig.attempts.start(rig.start(index, overrides), `call-${index}`);
  if (!started.ok) throw new Error('refused');
  await turnsUntil('sent', () => rig.trunks.calls[index]?.sent === true);
  return { callId: started.callId, sip: rig.trunks.calls[index]! };
}

const ended = (callId: string) =>
  turnsUntil(
    'ended',
    () => rig.attempt(callId).endedAt !== null && rig.calls.find(callId) === null,
  );
const inOrder = (first: string, second: string) =>
  expect(rig.journal.indexOf(first)).toBeLessThan(rig.journal.indexOf(second));

describe('an attempt', () => {
  it('writes each change down before its effect', async () => {
    rig = openDialerRig();
    rig.ready('anna');
    const { callId, sip } = await dial();
    sip.ring();
    sip.answer();
    await turnsUntil('joined', () => rig.agents.state('anna').kind === 'talking');
    sip.end();
    await ended(callId);
    inOrder('write attempt.reserve', 'media openTrunkLeg');
    inOrder('write attempt.send', 'INVITE');
    inOrder('write attempt.ring', 'write attempt.answer');
    inOrder('write attempt.answer', 'media join');
    expect(rig.attempt(callId)).toMatchObject({ attemptResult: 'answered', endedBy: 'debtor' });
    expect(rig.agents.state('anna')).toMatchObject({ kind: 'wrapUp', callId });
    expect(rig.door.facts.at(-1)?.facts).toEqual(['humanAnswered', 'conversation']);
    expect(rig.door.uses).toEqual(['used']);
  });

  it('is never dialed when it cannot be written down', async () => {
    rig = openDialerRig();
    rig.failing.add('attempt.send');
    await rig.attempts.start(rig.start(), 'call');
    await ended('call');
    expect(rig.journal).not.toContain('INVITE');
    expect(rig.attempt('call')).toMatchObject({ attemptResult: 'cancelled', dialedAt: null });
    expect(rig.door.uses).toEqual(['released']);
    expect(rig.entry()).toMatchObject({ status: 'pending', attempts: 0 });
  });

  it('is given up, and its agent freed, when a later row cannot be written; the row of its end follows', async () => {
    rig = openDialerRig();
    rig.ready('anna');
    const { callId, sip } = await dial();
    rig.failing.add('attempt.answer').add('attempt.end');
    sip.answer();
    await turnsUntil('given up', () => rig.calls.find(callId) === null);
    expect(rig.journal).not.toContain('media join');
    expect(sip.hungUp).toBe(1);
    expect(rig.agents.state('anna').kind).toBe('ready');
    expect(rig.attempt(callId).endedAt).toBeNull();
    rig.failing.clear();
    rig.clock.advance(0);
    rig.clock.advance(1_000);
    await turnsUntil('written', () => rig.attempt(callId).endedAt !== null);
    expect(rig.attempt(callId)).toMatchObject({ attemptResult: 'abandoned' });
    expect(rig.entry().status).toBe('waiting');
  });

  it('without an agent waits, is abandoned with a message, never silence', async () => {
    rig = openDialerRig();
    const { callId, sip } = await dial();
    sip.answer();
    await turnsUntil('answered', () => rig.journal.includes('write attempt.answer'));
    rig.clock.advance(1_999);
    await rest();
    expect(rig.journal).not.toContain('media play');
    rig.clock.advance(1);
    await turnsUntil('message', () => rig.journal.includes('media play'));
    inOrder('write attempt.abandon', 'media play');
    expect(rig.media.inputs('play').at(-1)?.source).toMatchObject({
      file: '/prompts/en/abandonment.wav',
    });
    rig.media.endPlay();
    await ended(callId);
    expect(sip.hungUp).toBe(1);
    expect(rig.attempt(callId).attemptResult).toBe('abandoned');
    expect(rig.door.facts.at(-1)?.facts).toEqual(['humanAnswered', 'abandoned']);
  });

  it('is joined to an agent who becomes ready while the person waits; a second one stays free', async () => {
    rig = openDialerRig();
    const { sip } = await dial();
    sip.answer();
    await turnsUntil('answered', () => rig.journal.includes('write attempt.answer'));
    rig.ready('anna');
    rig.ready('boris');
    await turnsUntil('joined', () => rig.agents.state('anna').kind === 'talking');
    await rest();
    expect(rig.agents.state('boris').kind).toBe('ready');
  });

  it('whose agent vanishes between answer and join plays the message and counts as abandoned', async () => {
    rig = openDialerRig();
    rig.ready('anna');
    const { callId, sip } = await dial();
    rig.media.refused.add('join');
    sip.answer();
    await turnsUntil('message', () => rig.journal.includes('media play'));
    expect(rig.agents.state('anna').kind).toBe('ready');
    rig.media.endPlay();
    await ended(callId);
    expect(rig.attempt(callId)).toMatchObject({
      attemptResult: 'abandoned',
      joinedAt: null,
      personId: null,
    });
  });

  it('whose agent is lost while they talk ends as a conversation', async () => {
    rig = openDialerRig();
    rig.ready('anna');
    const { callId, sip } = await dial();
    sip.answer();
    await turnsUntil('joined', () => rig.agents.state('anna').kind === 'talking');
    rig.agents.setLine('anna', 'down');
    await ended(callId);
    expect(rig.attempt(callId)).toMatchObject({ attemptResult: 'answered', endedBy: 'engine' });
    expect(rig.agents.state('anna')).toMatchObject({ kind: 'wrapUp', lineUp: false });
  });

  it('is acknowledged when the answer is written, and its dialog closed when the BYE was answered', async () => {
    rig = openDialerRig();
    rig.ready('anna');
    const { callId, sip } = await dial();
    await sip.answer();
    expect(rig.journal.some((line) => line === 'write attempt.answer')).toBe(true);
    await turnsUntil('joined', () => rig.agents.state('anna').kind === 'talking');
    await rig.calls.hangUp(callId, 'agent');
    await ended(callId);
    await turnsUntil('BYE', () => sip.hungUp === 1);
    expect(rig.journal).not.toContain('write attempt.dialog-ended');
    sip.byeAnswered.resolve();
    await turnsUntil('dialog closed', () => rig.journal.includes('write attempt.dialog-ended'));
  });

  it('that rings too long is cancelled and written as unanswered before the CANCEL', async () => {
    rig = openDialerRig();
    const { callId, sip } = await dial();
    sip.ring();
    await turnsUntil('ringing', () => rig.journal.includes('write attempt.ring'));
    rig.clock.advance(25_000);
    await ended(callId);
    expect(sip.hungUp).toBe(1);
    expect(rig.attempt(callId)).toMatchObject({ attemptResult: 'noAnswer', endedBy: 'engine' });
    sip.fail(FINAL(487));
    await turnsUntil('dialog closed', () => rig.journal.includes('write attempt.dialog-ended'));
  });

  it('answered while it was cancelled is an abandonment, in row, facts, entry and history', async () => {
    rig = openDialerRig();
    const ends: (string | undefined)[] = [];
    rig.attempts.onChange(({ ended: end }) => end && ends.push(end.attemptResult));
    const { callId, sip } = await dial();
    sip.ring();
    await turnsUntil('ringing', () => rig.journal.includes('write attempt.ring'));
    rig.clock.advance(25_000);
    await ended(callId);
    const untilRetry = Number(rig.entry().nextAt);
    sip.fail(FINAL(487, { answeredWhileCancelling: true }));
    await turnsUntil('corrected', () => rig.attempt(callId).attemptResult === 'abandoned');
    expect(rig.attempt(callId).answeredAt).not.toBeNull();
    expect(rig.door.facts.map(({ facts }) => facts)).toEqual([
      ['rang'],
      ['humanAnswered', 'abandoned'],
    ]);
    expect(rig.entry()).toMatchObject({ status: 'waiting', lastResult: 'abandoned' });
    expect(Number(rig.entry().nextAt)).toBeGreaterThan(untilRetry);
    const { dataJson } = rig.store.read.get<{ dataJson: string }>(
      `SELECT dataJson FROM interactionEvent WHERE kind = 'callEnded' ORDER BY at DESC, id DESC LIMIT 1`,
    )!;
    expect(JSON.parse(dataJson)).toMatchObject({ attemptResult: 'abandoned' });
    await rest();
    expect(ends).toEqual(['noAnswer', 'abandoned']);
  });

  it('an answer that crosses the hang-up reaches no agent', async () => {
    rig = openDialerRig();
    rig.ready('anna');
    const { callId, sip } = await dial();
    const taken = rig.attempts.cancelUnanswered(rig.campaignId);
    sip.answer();
    await taken;
    await ended(callId);
    await rest();
    expect(rig.journal).not.toContain('media join');
    expect(rig.agents.state('anna').kind).toBe('ready');
    expect(rig.attempt(callId).attemptResult).toBe('cancelled');
  });

  it('is refused by the door without a trace on the wire', async () => {
    rig = openDialerRig();
    rig.door.refusal = { nextAllowedAt: rig.clock.now() + 60_000 };
    const started = await rig.attempts.start(rig.start());
    expect(started).toMatchObject({ ok: false, blockedBy: [{ rule: 'X-1' }] });
    expect(rig.trunks.calls).toEqual([]);
    const blockedUntil = rig.clock.now() + 60_000;
    expect(rig.entry()).toMatchObject({ status: 'pending', blockedUntil, blockedRule: 'X-1' });
  });

  it('one debtor is never on two lines', async () => {
    rig = openDialerRig();
    await dial();
    expect(await rig.attempts.start(rig.start(0, { entryId: null }))).toMatchObject({ ok: false });
  });

  it('a debtor who is calling in is not called', async () => {
    rig = openDialerRig();
    rig.store.runNow((db, context) =>
      inboundWrites['inbound.begin'](db, context, {
        callId: 'in',
        legId: 'in',
        trunkId: 'trunk',
        number: '+48100000000',
        debtorId: rig.debtorIds[0] ?? null,
        contactPointId: null,
        identity: anIdentity(),
      }),
    );
    expect(await rig.attempts.start(rig.start())).toMatchObject({ ok: false });
    expect(rig.entry()).toMatchObject({ status: 'waiting' });
    rig.store.runNow((db, context) =>
      inboundWrites['inbound.dialog-ended'](db, context, { callId: 'in' }),
    );
    expect(await rig.attempts.start(rig.start(0, { entryId: null }))).toMatchObject({ ok: true });
  });

  it('ends with the media process, and whoever waited is abandoned', async () => {
    rig = openDialerRig(2);
    rig.ready('anna');
    const talking = await dial({}, 0);
    talking.sip.answer();
    await turnsUntil('joined', () => rig.agents.state('anna').kind === 'talking');
    const waiting = await dial({}, 1);
    waiting.sip.answer();
    await turnsUntil('answered', () => rig.attempt(waiting.callId).state === 'answered');
    rig.media.restart();
    await ended(talking.callId);
    await ended(waiting.callId);
    expect(rig.attempt(talking.callId).attemptResult).toBe('answered');
    expect(rig.attempt(waiting.callId).attemptResult).toBe('abandoned');
  });
});

describe('a person who waits when no row can be written', () => {
  it.each(['attempt.answer', 'attempt.abandon'])('met silence (%s)', async (name) => {
    rig = openDialerRig();
    const { callId, sip } = await dial();
    rig.failing.add(name);
    sip.answer();
    await rest();
    rig.clock.advance(2_000);
    await rest();
    rig.clock.advance(0);
    await turnsUntil('the end is written', () => rig.attempt(callId).endedAt !== null);
    expect(rig.attempt(callId)).toMatchObject({ attemptResult: 'abandoned', joinedAt: null });
    expect(rig.attempt(callId).answeredAt).not.toBeNull();
    expect(rig.entry().silentAt).not.toBeNull();
    expect(rig.door.facts.at(-1)?.facts).toEqual(['humanAnswered', 'abandoned']);
  });
});

describe('lines of the trunk', () => {
  it('carry no more calls than they are, however many ask at once', async () => {
    rig = openDialerRig(4);
    rig.trunks.lines = 2;
    const asked = [0, 1, 2, 3].map((index) => rig.attempts.start(rig.start(index)));
    const results = await Promise.allSettled(asked);
    expect(results.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'fulfilled'],
      ...['rejected', 'rejected'],
    ]);
    expect(results[2]).toMatchObject({ reason: { code: 'call.line-limit' } });
    await turnsUntil('both sent', () => rig.trunks.calls.filter(({ sent }) => sent).length === 2);
    expect(rig.entry(2)).toMatchObject({ status: 'pending', nextAt: 0, blockedUntil: 0 });
    expect(rig.attempts.beforeInvite('trunk')).toBe(0);
    rig.trunks.calls[0]?.fail(FINAL(486));
    await rest();
    expect(await rig.attempts.start(rig.start(2))).toMatchObject({ ok: true });
  });

  it('are each counted once while a call is written down', async () => {
    rig = openDialerRig(2);
    rig.trunks.lines = 2;
    rig.failing.add('attempt.send');
    await rig.attempts.start(rig.start(0));
    expect(await rig.attempts.start(rig.start(1))).toMatchObject({ ok: true });
  });
});

describe('the number of an attempt', () => {
  const change = (columns: Record<string, unknown>) =>
    rig.store.runNow((db) => db.update('contactPoint', String(rig.phoneIds[0]), columns));

  it.each([
    ['dead', { status: 'dead' }],
    ['retired', { status: 'retired' }],
    ['wrong', { status: 'wrongNumber' }],
    ['removed', { deletedAt: 1 }],
    ['another debtor’s', { debtorId: 'somebody' }],
  ])(
    'is not dialed when it is %s by now, and the entry keeps its place',
    async (_what, columns) => {
      rig = openDialerRig();
      change(columns);
      const started = await rig.attempts.start(rig.start());
      expect(started).toMatchObject({ ok: false, because: 'number' });
      expect(rig.trunks.calls).toEqual([]);
      expect(rig.entry()).toMatchObject({ status: 'pending', nextAt: 0, blockedUntil: 0 });
    },
  );
});

describe('a call by hand', () => {
  const byHand = { mode: 'manual', personId: 'anna', campaignId: null, entryId: null } as const;

  async function dialByHand() {
    rig = openDialerRig();
    rig.ready('anna');
    rig.agents.apply('anna', { type: 'reserve', callId: 'call-0' });
    return dial(byHand);
  }

  it('lets the agent hear ringing, one second in five, until the answer', async () => {
    const { sip } = await dialByHand();
    sip.ring();
    const tones = () => rig.media.inputs('play').length;
    await turnsUntil('first tone', () => tones() === 1);
    expect(rig.media.inputs('play')[0]).toMatchObject({
      target: { lineId: 'line-anna' },
      source: { kind: 'tone', frequenciesHz: [425], durationMs: 1_000 },
    });
    rig.clock.advance(5_000);
    expect(tones()).toBe(2);
    sip.answer();
    await turnsUntil('joined', () => rig.agents.state('anna').kind === 'talking');
    inOrder('media stopPlay', 'media join');
    rig.clock.advance(20_000);
    expect(tones()).toBe(2);
  });

  it('lets the agent hear what the carrier plays before the answer instead', async () => {
    const { sip } = await dialByHand();
    sip.ring(ANSWER_SDP);
    await turnsUntil('listening', () => rig.journal.includes('media join'));
    await turnsUntil('ringing', () => rig.journal.includes('write attempt.ring'));
    await rest();
    expect(rig.media.inputs('play')).toEqual([]);
    expect(rig.media.inputs('join')[0]).toEqual({
      legId: 'call-0',
      lineId: 'line-anna',
      alertTone: false,
    });
  });

  it('stops the tone when the far end refuses, and frees the agent', async () => {
    const { callId, sip } = await dialByHand();
    sip.ring();
    await turnsUntil('first tone', () => rig.media.inputs('play').length === 1);
    sip.fail(FINAL(486));
    await ended(callId);
    expect(rig.journal).toContain('media stopPlay');
    expect(rig.agents.state('anna').kind).toBe('ready');
    expect(rig.attempt(callId).attemptResult).toBe('busy');
  });

  it('is not sent when the agent left while it was written down', async () => {
    rig = openDialerRig();
    rig.ready('anna');
    rig.agents.apply('anna', { type: 'reserve', callId: 'call-0' });
    const asked = rig.attempts.start(rig.start(0, { mode: 'preview', personId: 'anna' }), 'call-0');
    rig.agents.setLine('anna', 'down');
    await expect(asked).rejects.toMatchObject({ code: 'call.no-line' });
    await rest();
    expect(rig.trunks.calls).toEqual([]);
    expect(rig.attempt('call-0')).toMatchObject({ attemptResult: 'cancelled', dialedAt: null });
    expect(rig.entry()).toMatchObject({ status: 'pending', attempts: 0 });
    expect(rig.door.uses).toEqual(['released']);
    expect(rig.agents.state('anna').kind).toBe('offline');
  });

  it('is cancelled when the agent is lost while it rings', async () => {
    const { callId, sip } = await dialByHand();
    sip.ring();
    await turnsUntil('ringing', () => rig.journal.includes('write attempt.ring'));
    rig.agents.setLine('anna', 'down');
    await ended(callId);
    expect(sip.hungUp).toBe(1);
    expect(rig.attempt(callId).attemptResult).toBe('cancelled');
  });
});
