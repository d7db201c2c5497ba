import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CampaignSettings } from '#shared/contract/index.ts';
import { type DialerRig, openDialerRig, rest, turnsUntil } from '../../testing/dialer-rig.ts';
import { campaignsOver, setSettings } from '../../testing/dialer-world.ts';
import type { Campaigns, OfferChange } from './campaigns.ts';

let rig: DialerRig;
let campaigns: Campaigns;
let changes: OfferChange[];

function open(settings: Partial<CampaignSettings>, debtors = 4): void {
  rig = openDialerRig(debtors);
  setSettings(rig, settings);
  campaigns = campaignsOver(rig, 50);
  changes = [];
  campaigns.onOffer((change) => changes.push(change));
}
beforeEach(() => open({ mode: 'preview', previewMs: 30_000 }));
afterEach(async () => {
  await campaigns.stop();
  await rig.close();
});

const start = () => campaigns.command(rig.campaignId, 'start');
const calls = () => rig.trunks.calls.filter(({ sent }) => sent).length;
const dialed = (count: number) => turnsUntil(`${count} dialed`, () => calls() === count);
const entry = (index: number, columns: Record<string, unknown>) =>
  rig.store.runNow((db) => db.update('contactListEntry', String(rig.entry(index).id), columns));
const attempts = () =>
  rig.store.read.all<{ debtorId: string; mode: string; personId: string | null }>(
    'SELECT debtorId, mode, personId FROM attempt ORDER BY reservedAt, id',
  );

describe('a preview campaign', () => {
  it('gives each free agent a debtor of their own, and calls nobody before the key', async () => {
    rig.ready('anna');
    rig.ready('boris');
    await start();
    const offers = ['anna', 'boris'].map((personId) => campaigns.offerOf(personId));
    expect(new Set(offers.map((offer) => offer?.entryId)).size).toBe(2);
    expect(offers[0]).toMatchObject({ kind: 'preview', displayName: 'Debtor 0' });
    expect(rig.agents.state('anna').kind).toBe('reserved');
    await rest();
    expect(calls()).toBe(0);
  });

  it('by the key the call goes out, with the agent who saw the debtor', async () => {
    rig.ready('anna');
    await start();
    const offer = campaigns.offerOf('anna');
    await campaigns.dialOffer('anna', String(offer?.entryId));
    await dialed(1);
    expect(attempts()).toEqual([{ debtorId: rig.debtorIds[0], mode: 'preview', personId: 'anna' }]);
    expect(campaigns.offerOf('anna')).toBeNull();
    rig.trunks.calls[0]?.answer();
    await turnsUntil('joined', () => rig.agents.state('anna').kind === 'talking');
  });

  it('when the time to look is over the call goes out by itself, unless the agent holds it', async () => {
    rig.ready('anna');
    rig.ready('boris');
    await start();
    campaigns.holdOffer('boris', String(campaigns.offerOf('boris')?.entryId));
    rig.clock.advance(29_999);
    await rest();
    expect(calls()).toBe(0);
    rig.clock.advance(1);
    await dialed(1);
    rig.clock.advance(600_000);
    await rest();
    expect(attempts().map(({ personId }) => personId)).toEqual(['anna']);
    expect(campaigns.offerOf('boris')).toMatchObject({ dialsAt: null });
  });

  it('who is skipped goes back to the list, and the agent gets the next', async () => {
    rig.ready('anna');
    await start();
    const first = String(campaigns.offerOf('anna')?.entryId);
    await campaigns.skipOffer('anna', first, 'later', 'calls back at noon');
    await turnsUntil('another', () => (campaigns.offerOf('anna')?.entryId ?? first) !== first);
    expect(rig.entry(0)).toMatchObject({ status: 'waiting' });
    expect(
      rig.store.read.get('SELECT text FROM interactionContent WHERE kind = ?', 'note'),
    ).toEqual({ text: 'calls back at noon' });
    await expect(campaigns.dialOffer('anna', first)).rejects.toMatchObject({
      code: 'preview.gone',
    });
  });

  it('whom the door refuses is not called, and the agent is free for another', async () => {
    rig.door.refusedDebtors.add(String(rig.debtorIds[0]));
    rig.ready('anna');
    await start();
    const first = String(campaigns.offerOf('anna')?.entryId);
    await expect(campaigns.dialOffer('anna', first)).rejects.toMatchObject({
      code: 'call.blocked-by-rules',
    });
    await turnsUntil('another', () => (campaigns.offerOf('anna')?.entryId ?? first) !== first);
    expect(calls()).toBe(0);
  });

  it('an agent who asks for a pause or whose line goes gives the debtor back', async () => {
    rig.ready('anna');
    rig.ready('boris');
    await start();
    rig.agents.apply('anna', { type: 'notReady' });
    expect(rig.agents.state('anna').kind).toBe('notReady');
    rig.agents.setLine('boris', 'down');
    expect([campaigns.offerOf('anna'), campaigns.offerOf('boris')]).toEqual([null, null]);
    expect(changes.at(-1)).toEqual({ personId: 'boris', offer: null });
    rig.clock.advance(60_000);
    await rest();
    expect(calls()).toBe(0);
  });

  it('stopped, it withdraws what it offered', async () => {
    rig.ready('anna');
    await start();
    await campaigns.command(rig.campaignId, 'stop');
    expect(campaigns.offerOf('anna')).toBeNull();
    expect(rig.agents.state('anna').kind).toBe('ready');
  });
});

describe('calls that were promised', () => {
  const promise = (index: number, inMs: number, personId: string | null) => {
    const callbackAt = rig.clock.now() + inMs;
    entry(index, { status: 'waiting', nextAt: callbackAt, callbackAt, callbackPersonId: personId });
  };
  const onlyPromised = () => {
    for (let index = 1; index < 4; index += 1) entry(index, { status: 'done' });
  };

  it('a callback goes out at its minute with its agent, who is kept free for it, in every mode', async () => {
    await campaigns.stop();
    await rig.close();
    open({ mode: 'progressive' });
    onlyPromised();
    promise(0, 60_000, 'boris');
    rig.ready('anna');
    rig.ready('boris');
    await start();
    for (let second = 0; second < 59; second += 1) {
      rig.clock.advance(1_000);
      await rest();
    }
    expect(calls()).toBe(0);
    expect(campaigns.offerOf('boris')).toMatchObject({ kind: 'callback' });
    expect(campaigns.offerOf('anna')).toBeNull();
    rig.clock.advance(1_000);
    await dialed(1);
    expect(attempts()).toEqual([
      { debtorId: rig.debtorIds[0], mode: 'preview', personId: 'boris' },
    ]);
  });

  it.each([null, 'boris'])(
    'a callback of %s is not left while another agent is free',
    async (who) => {
      onlyPromised();
      promise(0, 5_000, who);
      rig.ready('anna');
      await start();
      for (let second = 0; second < 20; second += 1) {
        rig.clock.advance(1_000);
        await rest();
      }
      await dialed(1);
      expect(attempts()[0]?.personId).toBe('anna');
      const attempt = rig.store.read.get<{ reservedAt: number }>('SELECT reservedAt FROM attempt');
      expect(attempt?.reservedAt).toBeLessThan(1_900_000_000_000 + 5_000 + 60_000);
    },
  );

  it('its own agent is waited for while they talk, and not beyond its minute', async () => {
    onlyPromised();
    rig.ready('boris');
    rig.agents.apply('boris', { type: 'reserve', callId: 'other' });
    rig.agents.apply('boris', { type: 'joined', callId: 'other' });
    promise(0, 5_000, 'boris');
    rig.ready('anna');
    await start();
    const play = async (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        rig.clock.advance(1_000);
        await rest();
      }
    };
    await play(30);
    expect(calls()).toBe(0);
    await play(30);
    expect(attempts()[0]?.personId).toBe('anna');
  });

  it('who met silence is called with an agent on the line, after the cool-down and never before', async () => {
    await campaigns.stop();
    await rig.close();
    open({ mode: 'predictive', silentCoolDownMs: 20_000 });
    for (let index = 1; index < 4; index += 1) entry(index, { status: 'done' });
    const silentAt = rig.clock.now();
    entry(0, { status: 'waiting', nextAt: silentAt, silentAt });
    rig.ready('anna');
    await start();
    const play = async (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        rig.clock.advance(1_000);
        await rest();
      }
    };
    await play(19);
    expect([calls(), campaigns.offerOf('anna')]).toEqual([0, null]);
    await play(3);
    expect(campaigns.offerOf('anna')).toMatchObject({ kind: 'silent', silentAt });
    await play(12);
    expect(attempts()).toEqual([{ debtorId: rig.debtorIds[0], mode: 'preview', personId: 'anna' }]);
  });
});
