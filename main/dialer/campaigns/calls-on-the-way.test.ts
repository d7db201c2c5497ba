import { afterEach, describe, expect, it } from 'vitest';
import type { CampaignSettings } from '#shared/contract/index.ts';
import { defaultCampaignSettings } from '#shared/contract/index.ts';
import {
  type DialerRig,
  FINAL,
  openDialerRig,
  rest,
  turnsUntil,
} from '../../testing/dialer-rig.ts';
import { campaignsOver, setSettings } from '../../testing/dialer-world.ts';
import type { Campaigns } from './campaigns.ts';

let rig: DialerRig;
let campaigns: Campaigns;
/** while true, an attempt waits before its door */
let slow: boolean;
let held: (() => void)[];

function open(settings: Partial<CampaignSettings>, debtors = 8, lines = 50): void {
  rig = openDialerRig(debtors);
  setSettings(rig, settings);
  slow = false;
  held = [];
  campaigns = campaignsOver(rig, lines, { attempts: heldAttempts() });
}
afterEach(async () => {
  await campaigns.stop();
  await rig.close();
});

/** The rig's attempts over a store that takes its time. */
function heldAttempts(): DialerRig['attempts'] {
  return new Proxy(rig.attempts, {
    get(target, name) {
      if (name === 'start')
        return async (...args: Parameters<typeof target.start>) => {
          if (slow) await new Promise<void>((done) => held.push(done));
          return target.start(...args);
        };
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const command = (name: Parameters<Campaigns['command']>[1], campaignId = rig.campaignId) =>
  campaigns.command(campaignId, name);
const calls = () => rig.trunks.calls.filter(({ sent }) => sent).length;
const up = () => rig.trunks.calls.filter(({ sent, hungUp }) => sent && hungUp === 0).length;
const dialed = (count: number) => turnsUntil(`${count} dialed`, () => calls() === count);
const entry = (index: number, columns: Record<string, unknown>) =>
  rig.store.runNow((db) => db.update('contactListEntry', String(rig.entry(index).id), columns));
const attempts = () =>
  rig.store.read.all<{
    state: string;
    personId: string | null;
    campaignId: string;
    reservedAt: number;
  }>('SELECT state, personId, campaignId, reservedAt FROM attempt ORDER BY reservedAt, id');
const silent = () => attempts().filter(({ state }) => state === 'abandoning').length;

async function play(ms: number, stepMs = 500): Promise<void> {
  for (let played = 0; played < ms; played += stepMs) {
    rig.clock.advance(stepMs);
    await rest();
  }
}

async function answerAll(): Promise<void> {
  for (const call of rig.trunks.calls) void call.answer();
  await rest();
  await play(2_500);
}

/** A second campaign that has some of the entries. */
function addSecond(entries: number[], settings: Partial<CampaignSettings> = {}): void {
  rig.store.runNow((db) => {
    const row = db.get<Record<string, unknown>>(
      'SELECT * FROM campaign WHERE id = ?',
      rig.campaignId,
    );
    const settingsJson = JSON.stringify({ ...JSON.parse(String(row?.settingsJson)), ...settings });
    db.insert('campaign', { ...row, id: 'second', status: 'draft', settingsJson });
    for (const index of entries)
      db.update('contactListEntry', String(rig.entry(index).id), { campaignId: 'second' });
  });
}

describe('commands that overlap', () => {
  it.each(['start', 'resume'] as const)('%s and stop at once: it does not dial', async (begin) => {
    open({ mode: 'progressive' });
    if (begin === 'resume') {
      await command('start');
      await command('pause');
    }
    await Promise.all([command(begin), command('stop')]);
    expect(campaigns.get(rig.campaignId).status).toBe('stopped');
    rig.ready('anna');
    await play(5_000);
    expect(calls()).toBe(0);
  });

  it('started and resumed at once: the second is refused, and it dials', async () => {
    open({ mode: 'progressive' });
    rig.ready('anna');
    const [, refused] = await Promise.allSettled([command('start'), command('resume')]);
    expect(refused?.status).toBe('rejected');
    await dialed(1);
  });

  it('what was being started when a campaign was stopped is taken back when it leaves after all', async () => {
    open({ mode: 'preview', previewMs: null });
    rig.ready('anna');
    await command('start');
    slow = true;
    const dial = campaigns.dialOffer('anna', String(campaigns.offerOf('anna')?.entryId));
    await command('stop');
    for (const go of held) go();
    await dial.catch(() => {});
    await rest();
    expect(up()).toBe(0);
    expect(rig.agents.state('anna').kind).toBe('ready');
  });
});

describe('calls that are on their way', () => {
  it('are remembered over a pause: no second call for the same agent', async () => {
    open({ mode: 'progressive' });
    rig.ready('anna');
    await command('start');
    await dialed(1);
    rig.trunks.calls[0]?.ring();
    await command('pause');
    await command('resume');
    await play(3_000);
    expect(up()).toBe(1);
    await answerAll();
    expect(attempts().map(({ state }) => state)).toEqual(['joined']);
  });

  it('those being started are remembered over a pause too', async () => {
    open({ mode: 'progressive' });
    rig.ready('anna');
    slow = true;
    await command('start');
    await command('pause');
    await command('resume');
    await play(3_000);
    slow = false;
    for (const go of held) go();
    await rest();
    expect(calls()).toBe(1);
  });

  it('keep their agent when the campaign goes over to previews', async () => {
    open({ mode: 'progressive' });
    rig.ready('anna');
    await command('start');
    await dialed(1);
    rig.trunks.calls[0]?.ring();
    setSettings(rig, { mode: 'preview', previewMs: 30_000 });
    campaigns.refresh(rig.campaignId);
    await rest();
    expect(campaigns.offerOf('anna')).toBeNull();
    await answerAll();
    expect(rig.agents.state('anna').kind).toBe('talking');
  });

  it('of a campaign that pauses keep their agents from the others', async () => {
    open({ mode: 'progressive' });
    addSecond([5, 6, 7]);
    rig.ready('anna');
    await command('start');
    await dialed(1);
    rig.trunks.calls[0]?.ring();
    await command('start', 'second');
    await command('pause');
    await play(3_000);
    expect(up()).toBe(1);
    await answerAll();
    expect(silent()).toBe(0);
  });

  it('that take seconds to be written down are not asked for again', async () => {
    open({ mode: 'progressive' });
    slow = true;
    rig.ready('anna');
    await command('start');
    await play(5_000, 250);
    slow = false;
    for (const go of held) go();
    await rest();
    expect(calls()).toBe(1);
    await answerAll();
    expect(attempts().map(({ state }) => state)).toEqual(['joined']);
  });
});

describe('a callback among other calls', () => {
  const callbackAt = (index: number, inMs: number, personId: string | null) => {
    const at = rig.clock.now() + inMs;
    entry(index, { status: 'waiting', nextAt: at, callbackAt: at, callbackPersonId: personId });
    return at;
  };

  it.each([null, 'anna'])('of %s does not take the agent of a call that rings', async (who) => {
    open({ mode: 'progressive' });
    callbackAt(7, 20_000, who);
    rig.ready('anna');
    await command('start');
    await dialed(1);
    rig.trunks.calls[0]?.ring();
    await play(6_000);
    await answerAll();
    expect(attempts()[0]?.state).toBe('joined');
  });

  it('stops dialing for its agent, who is free at its minute', async () => {
    open({ mode: 'progressive', previewMs: null });
    const at = callbackAt(7, 20_000, 'anna');
    rig.ready('anna');
    await command('start');
    await dialed(1);
    rig.trunks.calls[0]?.ring();
    await play(10_000);
    rig.trunks.calls[0]?.fail(FINAL(480));
    await play(12_000);
    expect(attempts()).toHaveLength(2);
    expect(attempts()[1]?.personId).toBe('anna');
    expect(attempts()[1]?.reservedAt).toBe(at);
  });

  it('is dialed within its minute in a campaign that always has more calls than agents', async () => {
    const pacing = { ...defaultCampaignSettings.pacing, linesPerAgent: 3 };
    open({ mode: 'power', pacing }, 40);
    const at = callbackAt(39, 30_000, 'anna');
    rig.ready('anna');
    rig.ready('boris');
    await command('start');
    await dialed(6);
    let ended = 0;
    for (let second = 0; second < 90; second += 1) {
      await play(1_000);
      if (second % 2 === 0) rig.trunks.calls[ended++]?.fail(FINAL(480));
    }
    const [call] = attempts().filter(({ personId }) => personId === 'anna');
    expect((call?.reservedAt ?? Number.POSITIVE_INFINITY) - at).toBeLessThan(60_000);
  });

  it('goes to another agent within its minute when its own one talks', async () => {
    open({ mode: 'progressive' }, 4);
    const at = callbackAt(3, 30_000, 'anna');
    for (const index of [1, 2]) entry(index, { status: 'done' });
    rig.ready('anna');
    await command('start');
    await dialed(1);
    void rig.trunks.calls[0]?.answer();
    await turnsUntil('talk', () => rig.agents.state('anna').kind === 'talking');
    rig.ready('boris');
    await play(90_000, 1_000);
    expect(attempts()[1]?.personId).toBe('boris');
    expect((attempts()[1]?.reservedAt ?? 0) - at).toBeLessThan(60_000);
  });

  it('of a campaign that no agent belongs to is called while one is free', async () => {
    open({ mode: 'progressive', weight: 100 });
    addSecond([6, 7], { weight: 1 });
    const at = rig.clock.now() + 60_000;
    rig.store.runNow((db) => {
      const [row] = db.all<{ id: string }>(
        "SELECT id FROM contactListEntry WHERE campaignId = 'second'",
      );
      db.update('contactListEntry', String(row?.id), {
        status: 'waiting',
        nextAt: at,
        callbackAt: at,
      });
    });
    rig.ready('anna');
    await command('start');
    await dialed(1);
    await command('start', 'second');
    // until long after the start nobody does anything that would wake the second campaign
    for (let second = 0; second < 110; second += 1) {
      await play(1_000);
      if (second === 30) rig.trunks.calls[0]?.fail(FINAL(486));
    }
    const [call] = attempts().filter(
      ({ campaignId, reservedAt }) => campaignId === 'second' && reservedAt >= at,
    );
    expect((call?.reservedAt ?? Number.POSITIVE_INFINITY) - at).toBeLessThan(60_000);
  });
});

describe('offers', () => {
  it('keep their lines: with another campaign on the trunk there are never more calls than lines', async () => {
    open({ mode: 'preview', previewMs: null }, 4, 2);
    rig.ready('anna');
    rig.ready('boris');
    await command('start');
    addSecond([2, 3], { mode: 'progressive' });
    const entries = ['anna', 'boris'].map((one) => [one, String(campaigns.offerOf(one)?.entryId)]);
    await command('start', 'second');
    rig.ready('celina');
    rig.ready('dawid');
    await play(2_000);
    expect(calls()).toBe(0);
    for (const [personId, entryId] of entries)
      await campaigns.dialOffer(String(personId), String(entryId));
    await rest();
    expect(up()).toBe(2);
  });

  it('a line that is gone when the key is pressed: the offer stays, and nothing is dialed', async () => {
    open({ mode: 'preview', previewMs: null }, 4, 1);
    rig.ready('anna');
    await command('start');
    const entryId = String(campaigns.offerOf('anna')?.entryId);
    // somebody dials by hand
    await rig.attempts.start({ ...rig.start(3), mode: 'manual', campaignId: null, entryId: null });
    await rest();
    await expect(campaigns.dialOffer('anna', entryId)).rejects.toMatchObject({
      code: 'call.no-trunk',
    });
    expect(campaigns.offerOf('anna')?.entryId).toBe(entryId);
    expect(calls()).toBe(1);
  });

  it('a number that came out of use since it was offered is not asked of the door', async () => {
    open({ mode: 'preview', previewMs: null });
    rig.ready('anna');
    await command('start');
    const entryId = String(campaigns.offerOf('anna')?.entryId);
    rig.store.runNow((db) =>
      db.update('contactPoint', String(rig.phoneIds[0]), { status: 'dead' }),
    );
    await expect(campaigns.dialOffer('anna', entryId)).rejects.toMatchObject({
      code: 'call.blocked-by-rules',
    });
    await rest();
    expect(rig.journal).not.toContain('write attempt.reserve');
    expect(calls()).toBe(0);
  });

  it('of an agent whose line goes while the call is being started: it does not go on', async () => {
    open({ mode: 'preview', previewMs: null });
    rig.ready('anna');
    await command('start');
    const entryId = String(campaigns.offerOf('anna')?.entryId);
    slow = true;
    const dial = campaigns.dialOffer('anna', entryId).catch(() => {});
    rig.agents.setLine('anna', 'down');
    expect(campaigns.offerOf('anna')).toBeNull();
    for (const go of held) go();
    await dial;
    await rest();
    expect(up()).toBe(0);
    expect(rig.agents.state('anna').kind).toBe('offline');
  });
});
