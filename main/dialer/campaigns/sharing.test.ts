import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type DialerRig,
  FINAL,
  openDialerRig,
  rest,
  turnsUntil,
} from '../../testing/dialer-rig.ts';
import { campaignsOver } from '../../testing/dialer-world.ts';
import type { Campaigns } from './campaigns.ts';

let rig: DialerRig;
let campaigns: Campaigns;

beforeEach(() => {
  rig = openDialerRig(12);
  campaigns = campaignsOver(rig, 50);
  rig.store.runNow((db) => {
    const row = db.get<Record<string, unknown>>(
      'SELECT * FROM campaign WHERE id = ?',
      rig.campaignId,
    );
    db.insert('campaign', { ...row, id: 'second' });
    for (let index = 6; index < 12; index += 1)
      db.update('contactListEntry', String(rig.entry(index).id), { campaignId: 'second' });
  });
});
afterEach(async () => {
  await campaigns.stop();
  await rig.close();
});

const people = ['anna', 'boris', 'celina', 'dawid'];
const owners = () => people.map((personId) => campaigns.ownerOf(personId));
const ownedBy = (campaignId: string) => owners().filter((owner) => owner === campaignId).length;
const talking = () =>
  people.filter((personId) => rig.agents.state(personId).kind === 'talking').length;
const calls = () => rig.trunks.calls.filter(({ sent }) => sent).length;

describe('campaigns that share their agents', () => {
  it('each agent is counted on by one of them, and no more calls go out than there are agents', async () => {
    for (const personId of people) rig.ready(personId);
    await campaigns.command(rig.campaignId, 'start');
    expect(ownedBy(rig.campaignId)).toBe(4);
    await campaigns.command('second', 'start');
    await rest();
    expect(calls()).toBeLessThanOrEqual(4);
    // Calls on their way keep their agents; whoever is done with a call may go to the other.
    expect(ownedBy(rig.campaignId)).toBe(4);
    for (const index of [0, 1]) {
      rig.trunks.calls[index]?.answer();
      await turnsUntil('joined', () => owners().length > 0 && talking() === index + 1);
    }
    for (const personId of people) {
      const state = rig.agents.state(personId);
      if (state.kind === 'talking') void rig.calls.find(state.callId)?.leg.hangUp();
    }
    await turnsUntil('wrap-up', () => talking() === 0);
    expect(ownedBy('second')).toBeGreaterThan(0);
  });

  it('agents of one that pauses go to the other, as soon as its calls do not count on them', async () => {
    for (const personId of people) rig.ready(personId);
    await campaigns.command('second', 'start');
    await turnsUntil('four', () => calls() === 4);
    await campaigns.command(rig.campaignId, 'start');
    await campaigns.command('second', 'pause');
    await rest();
    expect(ownedBy(rig.campaignId)).toBe(0);
    expect(calls()).toBe(4);
    rig.trunks.calls[0]?.fail(FINAL(486));
    await turnsUntil('one', () => ownedBy(rig.campaignId) === 1);
    for (const call of rig.trunks.calls.slice(1, 4)) call.fail(FINAL(486));
    await turnsUntil('all', () => ownedBy(rig.campaignId) === 4);
    await campaigns.command(rig.campaignId, 'stop');
    await turnsUntil('none', () => owners().every((owner) => owner === null));
  });

  it('one whose list is dry leaves its agents to the other until somebody is due', async () => {
    for (let index = 0; index < 6; index += 1)
      rig.store.runNow((db) =>
        db.update('contactListEntry', String(rig.entry(index).id), {
          status: 'waiting',
          nextAt: rig.clock.now() + 30_000,
        }),
      );
    for (const personId of people) rig.ready(personId);
    await campaigns.command(rig.campaignId, 'start');
    expect(campaigns.get(rig.campaignId).blockedBy).toBe('listEmpty');
    await campaigns.command('second', 'start');
    await rest();
    expect(ownedBy('second')).toBe(4);
  });
});
