import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NodeAgent } from '../support/node-agent.ts';
import { OwnCarrier } from '../support/own-carrier.ts';
import { comeToRest, finishWrapUp, nextConnected, workStateIs } from './support/calls.ts';
import { EngineRun, numberEnding } from './support/engine.ts';

/** Who is on the line, and who must not be called any more, over a real engine and a carrier of its own. */

const ANSWERS = numberEnding('001');
const RINGS = numberEnding('002');

describe('who is on the line', () => {
  let engine: EngineRun;
  let carrier: OwnCarrier;
  let anna: NodeAgent;
  let boris: NodeAgent;
  let debtorOf: (number: string) => { debtorId: string; contactPointId: string };

  beforeAll(async () => {
    engine = await EngineRun.start({ numbers: [ANSWERS, RINGS] });
    carrier = await OwnCarrier.start({
      name: 'on-the-line',
      numbers: [{ match: { exact: RINGS }, inTurn: [{ kind: 'ringOut' }] }],
      otherwise: { kind: 'tone', hz: 700, levelDbfs: -20, afterMs: 100 },
    });
    await engine.trunkTo(carrier.port);
    anna = (await engine.addAgent('Anna')).agent;
    boris = (await engine.addAgent('Boris')).agent;
    const points = await engine.read<{ debtorId: string; contactPointId: string; value: string }>(
      'SELECT debtorId, id AS contactPointId, value FROM contactPoint',
    );
    debtorOf = (number) => {
      const point = points.find(({ value }) => value === number);
      if (!point) throw new Error('no such debtor');
      const { debtorId, contactPointId } = point;
      return { debtorId, contactPointId };
    };
  });

  afterAll(async () => {
    await engine?.stop();
    await carrier?.stop();
  });

  afterEach(async () => {
    await comeToRest(anna);
    anna.events.length = 0;
  });

  const place = (number: string) =>
    anna.send('call.place', { to: number, ...debtorOf(number) } as never);
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'none',
      (error: { code: string }) => error.code,
    );
  const facts = (callId: string) =>
    engine.read<{ kind: string; target: string | null }>(
      'SELECT kind, target FROM contactEvent WHERE callId = ? AND reservation IS NULL ORDER BY id',
      callId,
    );

  it('the debtor is asked, identified and only then given a letter; it stays known after the end', async () => {
    await anna.goReady();
    await place(ANSWERS);
    const callId = (await nextConnected(anna, 0)) as never;
    const { debtorId } = debtorOf(ANSWERS);
    const { needed, questions } = await anna.send('call.identity-questions', { callId });
    expect(questions.map(({ check }) => check)).toEqual(['fullName', 'reference']);
    expect(needed).toBe(2);
    expect(await refusal(boris.send('call.identity-questions', { callId }))).toBe('call.unknown');
    const { templates } = await anna.send('document.list-templates', {});
    const template = templates.find(({ kind }) => kind === 'demandForPayment');
    const letter = { debtorId, letterTemplateId: template?.letterTemplateId } as never;
    expect(await refusal(anna.send('document.create', letter))).toBe('call.not-identified');
    expect(await refusal(anna.send('call.identify', { callId, checks: ['fullName'] }))).toBe(
      'call.not-enough-checks',
    );
    const party = await anna.send('call.identify', { callId, checks: ['fullName', 'reference'] });
    expect(party).toMatchObject({ state: 'identified', checks: ['fullName', 'reference'] });
    expect(await refusal(anna.send('document.create', letter))).toBe('none');
    await anna.send('call.hang-up', { callId });
    await workStateIs(anna, 'wrapUp');
    const current = await anna.send('call.current', {});
    expect(current.call).toMatchObject({ state: 'ended', party });
    await finishWrapUp(anna, callId, 'dispute', 'notReady');
    expect(await facts(callId)).toEqual([
      { kind: 'humanAnswered', target: 'debtor' },
      { kind: 'conversation', target: 'debtor' },
    ]);
  });

  it('a third person counts as reached, not as a talk with the debtor', async () => {
    await anna.goReady();
    await place(ANSWERS);
    const callId = (await nextConnected(anna, 0)) as never;
    const input = { callId, relation: 'flatmate', refusesContact: true };
    expect(await anna.send('call.third-person', input)).toMatchObject({ relation: 'flatmate' });
    await anna.send('call.hang-up', { callId });
    await finishWrapUp(anna, callId, 'dispute', 'notReady');
    expect(await facts(callId)).toEqual([{ kind: 'humanAnswered', target: 'thirdParty' }]);
    const holds = await engine.read('SELECT kind, contactPointId FROM hold');
    const { contactPointId } = debtorOf(ANSWERS);
    expect(holds).toEqual([{ kind: 'refusedThirdPerson', contactPointId }]);
  });

  it('a debtor whose telephone rings when a lead sets "cease" is left alone at once', async () => {
    await anna.goReady();
    await place(RINGS);
    await carrier.call('a ringing call', ({ ringingAt }) => ringingAt !== null);
    const { debtorId } = debtorOf(RINGS);
    const setAt = Date.now();
    await engine.owner.send('flag.set', { debtorId, kind: 'cease' } as never);
    const call = await carrier.call('the CANCEL', (one) => !one.stillUp && one.to === RINGS);
    // the carrier's own clock, of the same machine
    expect((call.endedAt ?? Infinity) - setAt).toBeLessThan(100);
    await workStateIs(anna, 'ready');
    const [attempt] = await engine.read(
      'SELECT attemptResult, endedBy FROM attempt WHERE number = ?',
      RINGS,
    );
    expect(attempt).toEqual({ attemptResult: 'cancelled', endedBy: 'engine' });
    expect(await refusal(place(RINGS))).toBe('contact-rules.refused');
  });
});
