import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type DialerRig,
  FINAL,
  openDialerRig,
  rest,
  turnsUntil,
} from '../../testing/dialer-rig.ts';
import { filterDigest, NO_DATE } from '../lists/index.ts';
import { Campaigns } from './campaigns.ts';

let rig: DialerRig;
let campaigns: Campaigns;
const trunk = { usable: true, listeners: new Set<() => void>() };
let suspect = false;

function open(debtors: number): void {
  rig = openDialerRig(debtors);
  suspect = false;
  trunk.usable = true;
  campaigns = new Campaigns({
    store: rig.journaled,
    attempts: rig.attempts,
    agents: rig.agents,
    idSource: rig.idSource,
    trunks: {
      usable: () => (trunk.usable ? { ok: true } : { ok: false, reason: 'trunkDown' }),
      callsUp: () => 0,
      maxConcurrentCalls: () => 50,
      onChange: (listener) => {
        trunk.listeners.add(listener);
        return () => trunk.listeners.delete(listener);
      },
    },
    clock: rig.clock,
    clockSuspect: () => suspect,
    log: (message) => rig.logged.push(message),
  });
}

beforeEach(() => trunk.listeners.clear());
afterEach(async () => {
  await campaigns.stop();
  await rig.close();
});

const start = () => campaigns.command(rig.campaignId, 'start');
const view = () => campaigns.get(rig.campaignId);
const dialed = (count: number) =>
  turnsUntil(`${count} dialed`, () => rig.trunks.calls.filter(({ sent }) => sent).length === count);
const callsPlaced = () => rig.trunks.calls.length;

async function talk(index: number, personId: string): Promise<void> {
  rig.trunks.calls[index]?.answer();
  await turnsUntil('joined', () => rig.agents.state(personId).kind === 'talking');
}

describe('a campaign', () => {
  it('dials one debtor for each free agent, and the next when an agent is free again', async () => {
    open(5);
    rig.ready('anna');
    await start();
    await dialed(1);
    await rest();
    expect(callsPlaced()).toBe(1);
    rig.ready('boris');
    await dialed(2);
    rig.trunks.calls[0]?.fail(FINAL(486));
    await dialed(3);
    expect(view().counters).toMatchObject({ attempts: 3, busy: 1 });
  });

  it('says why it does not dial', async () => {
    open(2);
    await start();
    expect(view().blockedBy).toBe('noAgent');
    trunk.usable = false;
    rig.ready('anna');
    await rest();
    expect(view().blockedBy).toBe('trunkDown');
    suspect = true;
    for (const listener of trunk.listeners) listener();
    expect(view().blockedBy).toBe('clock');
    expect(callsPlaced()).toBe(0);
    suspect = false;
    trunk.usable = true;
    for (const listener of trunk.listeners) listener();
    await dialed(1);
    expect(view().blockedBy).toBeNull();
  });

  it('without a trunk or a number to show it is refused', async () => {
    open(1);
    rig.store.runNow((db) => db.update('campaign', rig.campaignId, { callerIdId: null }));
    await expect(start()).rejects.toMatchObject({ code: 'campaign.no-caller-id' });
    rig.store.runNow((db) => db.update('campaign', rig.campaignId, { trunkId: null }));
    await expect(start()).rejects.toMatchObject({ code: 'campaign.no-trunk' });
  });

  it('a list on which all wait is looked at again when the first is due', async () => {
    open(1);
    rig.ready('anna');
    rig.door.refusal = { nextAllowedAt: rig.clock.now() + 30_000 };
    await start();
    await turnsUntil('waiting', () => view().blockedBy === 'rules');
    expect(view().nextAt).toBe(rig.clock.now() + 30_000);
    rig.door.refusal = null;
    rig.clock.advance(29_000);
    await rest();
    expect(callsPlaced()).toBe(0);
    rig.clock.advance(1_000);
    await dialed(1);
  });

  it('a door that refuses until now is not asked in a loop', async () => {
    open(1);
    rig.ready('anna');
    rig.door.refusal = { nextAllowedAt: rig.clock.now() };
    await start();
    await rest();
    const asked = () => rig.journal.filter((line) => line === 'write attempt.reserve').length;
    expect(asked()).toBe(1);
    rig.clock.advance(1_500);
    await rest();
    expect(asked()).toBe(2);
  });

  it('a store that fails is asked once a second', async () => {
    open(3);
    rig.failing.add('attempt.reserve');
    rig.ready('anna');
    await start();
    await rest();
    expect(rig.logged).toEqual(['dial']);
    rig.clock.advance(1_001);
    await rest();
    expect(rig.logged).toEqual(['dial', 'dial']);
    rig.failing.clear();
    rig.clock.advance(1_001);
    await dialed(1);
  });

  it('a network that carries nothing gets fewer and fewer calls', async () => {
    open(12);
    rig.ready('anna');
    await start();
    for (let index = 0; index < 3; index += 1) {
      await dialed(index + 1);
      rig.trunks.calls[index]?.fail(FINAL(503));
    }
    await rest();
    expect(callsPlaced()).toBe(3);
    rig.ready('boris');
    await rest();
    expect(callsPlaced()).toBe(3);
    rig.clock.advance(1_000);
    await dialed(5);
    rig.trunks.calls[3]?.fail(FINAL(503));
    rig.trunks.calls[4]?.fail(FINAL(503));
    await rest();
    rig.clock.advance(3_999);
    await rest();
    expect(callsPlaced()).toBe(5);
    rig.clock.advance(1);
    await dialed(7);
    rig.trunks.calls[5]?.fail(FINAL(486));
    await dialed(8);
  });

  it('paused, it dials nobody, and who answers a call that was on its way still meets an agent', async () => {
    open(3);
    rig.ready('anna');
    await start();
    await dialed(1);
    await campaigns.command(rig.campaignId, 'pause');
    expect(campaigns.idsOf('anna')).toEqual([rig.campaignId]);
    await talk(0, 'anna');
    rig.trunks.calls[0]?.end();
    await turnsUntil('wrapUp', () => rig.agents.state('anna').kind === 'wrapUp');
    rig.ready('boris');
    await rest();
    expect(callsPlaced()).toBe(1);
    expect(campaigns.idsOf('anna')).toEqual([]);
    await campaigns.command(rig.campaignId, 'resume');
    await dialed(2);
  });

  it('stopped, it takes ringing calls back, those being started too, and leaves conversations alone', async () => {
    open(3);
    rig.ready('anna');
    await start();
    await dialed(1);
    await talk(0, 'anna');
    rig.ready('boris');
    await campaigns.command(rig.campaignId, 'stop');
    await rest();
    expect(rig.attempts.callsUp(rig.campaignId)).toBe(1);
    const [, second] = rig.trunks.calls;
    if (second) expect(second.hungUp).toBe(1);
    expect(rig.agents.state('anna').kind).toBe('talking');
    expect(rig.agents.state('boris').kind).toBe('ready');
  });

  it('finishes when nobody is left to call, and not before the last outcome', async () => {
    open(1);
    rig.ready('anna');
    await start();
    await dialed(1);
    await talk(0, 'anna');
    rig.trunks.calls[0]?.end();
    await turnsUntil('wrapUp', () => rig.agents.state('anna').kind === 'wrapUp');
    await rest();
    expect(view().status).toBe('running');
    rig.store.runNow((db) =>
      db.update('contactListEntry', String(rig.entry().id), { status: 'done' }),
    );
    campaigns.refresh(rig.campaignId);
    await turnsUntil('finished', () => view().status === 'finished');
  });

  it('waits until it is known whom new conditions leave out, says how many, and finishes then', async () => {
    open(2);
    const { strategy, ...others } = view().settings;
    const filtered = { ...strategy, filter: { age: { fromDays: 90 } } };
    const choose = (settings: object): void =>
      rig.store.runNow((db) =>
        db.update('campaign', rig.campaignId, { settingsJson: JSON.stringify(settings) }),
      );
    choose({ ...others, strategy: filtered });
    // a former filter has left out one; the other was reached
    rig.store.runNow((db) => {
      db.update('contactListEntry', String(rig.entry(0).id), {
        excluded: 1,
        blockedUntil: NO_DATE,
      });
      db.update('contactListEntry', String(rig.entry(1).id), { status: 'done' });
    });
    rig.ready('anna');
    await start();
    await rest();
    expect(view()).toMatchObject({ status: 'running', blockedBy: 'listEmpty' });
    expect(view().counters).not.toHaveProperty('leftOut');
    rig.store.runNow((db) =>
      db.run(
        `INSERT INTO campaignRanking (campaignId, revision, startedAt, finishedAt, position) VALUES (?, ?, 0, 0, 0)`,
        rig.campaignId,
        `${filterDigest(filtered as never)}.1`,
      ),
    );
    expect(view().counters.leftOut).toBe(1);
    campaigns.refresh(rig.campaignId);
    await turnsUntil('finished', () => view().status === 'finished');
    // without conditions, who is still marked as left out is to be looked at once more
    choose({ ...others, strategy });
    await start();
    await rest();
    expect(view().status).toBe('running');
  });

  it('a debtor without a number is passed over and says why', async () => {
    open(2);
    rig.store.runNow((db) => {
      for (const { id } of db.all<{ id: string }>(
        'SELECT id FROM contactPoint WHERE debtorId = ?',
        rig.debtorIds[0],
      ))
        db.update('contactPoint', id, { status: 'wrongNumber' });
    });
    rig.ready('anna');
    await start();
    await dialed(1);
    expect(rig.entry(0)).toMatchObject({ status: 'pending', blockedBecause: 'number-missing' });
    expect(view().counters).toMatchObject({ pending: 0, skipped: 1 });
    expect(rig.trunks.calls[0]?.request.toNumber).toBe('+48100000001');
  });

  it('two campaigns with the same people do not dial two debtors for one agent', async () => {
    open(4);
    rig.ready('anna');
    const second = rig.store.runNow((db) => {
      const row = db.get<Record<string, unknown>>(
        'SELECT * FROM campaign WHERE id = ?',
        rig.campaignId,
      );
      db.insert('campaign', { ...row, id: 'second' });
      db.insert('contactListEntry', {
        id: 'entry-second',
        campaignId: 'second',
        debtorId: rig.debtorIds[3],
        status: 'pending',
        position: 0,
        updatedAt: 0,
      });
      return 'second';
    });
    await start();
    await campaigns.command(second, 'start');
    await dialed(1);
    await rest();
    expect(callsPlaced()).toBe(1);
  });
});
