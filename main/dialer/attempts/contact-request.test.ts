import { afterEach, expect, it } from 'vitest';
import { type DialerRig, openDialerRig, turnsUntil } from '../../testing/dialer-rig.ts';
import { contactRequest } from './contact-request.ts';

let rig: DialerRig;
afterEach(() => rig.close());

const ask = (overrides: Parameters<DialerRig['start']>[1] = {}) =>
  contactRequest(rig.store.read, rig.start(0, { recordCalls: true, ...overrides }));

function addDebt(id: string, status = 'open'): void {
  rig.store.runNow((db) =>
    db.insert('debt', {
      id,
      debtorId: rig.debtorIds[0],
      externalRef: id,
      creditorName: 'Kredyt SA',
      debtKind: 'loan',
      currency: 'PLN',
      principalMinor: 1,
      balanceMinor: 1,
      status,
      createdAt: 0,
    }),
  );
}

it('says which number is shown, and that an agent is there for who answers only when one is', () => {
  rig = openDialerRig();
  expect(ask()).toMatchObject({ callerId: '+48100999000', mode: 'progressive' });
  expect(ask()).not.toHaveProperty('flags');
  for (const mode of ['manual', 'preview'] as const)
    expect(ask({ mode, personId: 'anna' }).flags).toEqual(['guaranteedAgent']);
});

it('says when nothing will be recorded, and nothing of it when it will', () => {
  rig = openDialerRig();
  expect(ask({ recordCalls: false }).recording).toBe(false);
  expect(ask()).not.toHaveProperty('recording');
});

it('names the debt when it is told or there is only one that is open', () => {
  rig = openDialerRig();
  expect(ask()).not.toHaveProperty('debtId');
  addDebt('one');
  addDebt('paid', 'paid');
  expect(ask().debtId).toBe('one');
  addDebt('two');
  expect(ask()).not.toHaveProperty('debtId');
  expect(ask({ debtId: 'two' }).debtId).toBe('two');
});

it('is what the door is asked, and a refusal tells whether a supervisor may lift it', async () => {
  rig = openDialerRig();
  const asked: unknown[] = [];
  const { reserve } = rig.door;
  rig.door.reserve = (db, context, request, options) => {
    asked.push(request);
    return { ...reserve(db, context, request, options), overridable: true };
  };
  rig.door.refusal = { nextAllowedAt: null };
  const started = await rig.attempts.start(rig.start(0, { recordCalls: false }), 'call');
  expect(asked).toEqual([ask({ recordCalls: false })]);
  expect(started).toMatchObject({ ok: false, overridable: true, override: null });
});

it('what the door asks to be said stands on the call until its end', async () => {
  rig = openDialerRig();
  const { reserve } = rig.door;
  const owed = { rule: 'R', pack: 'p', what: 'say', element: 'callerIdentity' } as const;
  const forbidden = { ...owed, what: 'recordingForbidden', element: null } as const;
  rig.door.reserve = (...args) => ({ ...reserve(...args), obligations: [forbidden, owed] });
  rig.ready('anna');
  await rig.attempts.start(rig.start(0, { recordCalls: true }), 'call');
  await turnsUntil('sent', () => rig.trunks.calls[0]?.sent === true);
  const shown: unknown[] = [];
  rig.calls.on(({ call }) => shown.push(call.view.obligations));
  expect(rig.calls.find('call')?.view).toMatchObject({
    recording: 'forbidden',
    obligations: [owed, forbidden],
  });
  rig.trunks.calls[0]!.answer();
  await turnsUntil('joined', () => rig.agents.state('anna').kind === 'talking');
  rig.trunks.calls[0]!.end();
  await turnsUntil('over', () => rig.calls.find('call') === null);
  expect(new Set(shown.map((one) => JSON.stringify(one)))).toEqual(
    new Set([JSON.stringify([owed, forbidden])]),
  );
});
