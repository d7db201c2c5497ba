import { expect, it } from 'vitest';
import type { StoreKind } from '#shared/domain/index.ts';
import { loadPool } from '../dialer/caller-id/pool-rows.ts';
import { openDialerRig } from '../testing/dialer-rig.ts';
import { numberByHand } from './number-by-hand.ts';

const AT = Date.UTC(2026, 10, 23, 12);
const proofJson = JSON.stringify({ kind: 'statement', note: 'ours', at: 0, personId: null });
const warsaw = '+48221234567';
const second = '+48221234568';

/** What a call by hand over the trunk shows when the first of its two numbers is as `columns` say. */
async function shown(columns: Record<string, unknown>, storeKind: StoreKind = 'real') {
  const rig = openDialerRig();
  rig.store.runNow((db) => {
    db.insert('trunk', {
      id: 'poland',
      settingsJson: JSON.stringify({ name: 'T', country: 'PL' }),
      enabled: 1,
      practice: 0,
      createdAt: 0,
    });
    const common = { trunkId: 'poland', label: '', createdAt: 0, proofJson };
    db.insert('callerId', { id: 'a', e164: warsaw, ...common, ...columns });
    db.insert('callerId', { id: 'b', e164: second, ...common });
  });
  const pool = loadPool(rig.store.read, { storeKind, siteCountries: ['PL'] });
  const number = numberByHand(pool, 'poland', AT);
  await rig.close();
  return number;
}

it('is the first one of the trunk that is active and the firm’s own', async () => {
  expect(await shown({})).toBe(warsaw);
});

it.each([
  ['rests', { state: 'resting', stateReason: 'byHand', restUntil: AT + 1 }],
  ['rests without an end', { state: 'resting', stateReason: 'byHand', restUntil: null }],
  ['is retired', { state: 'retired', stateReason: 'byHand' }],
  ['is proven by nothing', { proofJson: null }],
  ['belongs to another country', { e164: '+442071234567' }],
  [
    'is shown on Sundays only',
    { scheduleJson: JSON.stringify([{ days: [7], from: '00:00', to: '00:00' }]) },
  ],
  ['is gone', { deletedAt: 1 }],
])('is not one that %s', async (_what, columns) => {
  expect(await shown(columns)).toBe(second);
});

it('is one again whose rest is over', async () => {
  expect(await shown({ state: 'resting', stateReason: 'byHand', restUntil: AT })).toBe(warsaw);
});

it('is none when the trunk has no number that may be shown', async () => {
  const rig = openDialerRig();
  const pool = loadPool(rig.store.read, { storeKind: 'real', siteCountries: ['PL'] });
  expect(numberByHand(pool, 'poland', AT)).toBeNull();
  await rig.close();
});
