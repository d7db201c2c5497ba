import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WriteDb } from '../../store/types.ts';
import { FirmRig } from './firm-rules.fixture.ts';
import { readFirmRules } from './firm-rules.ts';
import { defaultIdentification } from './rules-settings.ts';

let rig: FirmRig;
beforeEach(() => {
  rig = new FirmRig();
});
afterEach(() => rig.close());

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('settings of the rules', () => {
  it('begin without places and actors, and ask for two things that a debtor knows', async () => {
    expect(await rig.call('rules.get-settings')).toEqual({
      ...{ site: [], actors: [], identification: defaultIdentification },
    });
    const { person, company, needed } = defaultIdentification;
    expect(needed).toBeLessThanOrEqual(Math.min(person.length, company.length));
  });

  it('change one by one, are audited and announced, and hold at once', async () => {
    const site = ['US-FL', 'GB', 'US-FL'];
    expect(await rig.call('rules.set-settings', { site })).toMatchObject({ site: ['US-FL', 'GB'] });
    await rig.call('rules.set-settings', { actors: ['debtBuyer'] });
    const identification = { person: ['birthDate'], company: ['taxId', 'reference'], needed: 1 };
    const settings = await rig.call('rules.set-settings', { identification });
    expect(settings).toEqual({ site: ['US-FL', 'GB'], actors: ['debtBuyer'], identification });
    expect(readFirmRules(rig.store.read).settings).toEqual(settings);
    expect(rig.published).toEqual(['rules.changed', 'rules.changed', 'rules.changed']);
    expect(rig.audit().map(({ details }) => Object.keys(details))).toEqual([
      ['site'],
      ['actors'],
      ['identification'],
    ]);
  });

  it.each([
    [
      'more must match than is asked of a company',
      { person: ['birthDate', 'address'], company: ['taxId'], needed: 2 },
    ],
    [
      'more must match than is asked of a person',
      { person: ['birthDate'], company: ['taxId', 'reference'], needed: 2 },
    ],
    [
      'something is asked twice',
      { person: ['birthDate', 'birthDate'], company: ['taxId', 'reference'], needed: 2 },
    ],
  ])('are refused when %s', async (_what, identification) => {
    await expect(rig.call('rules.set-settings', { identification })).rejects.toEqual(
      code('contact-rules.bad-settings'),
    );
    expect(rig.audit()).toEqual([]);
  });

  it('bring the packs of the place that we call from', async () => {
    const number = '+447911123456';
    const debtorId = rig.addDebtor({ jurisdiction: 'GB', zone: 'Europe/London', number });
    const before = rig.ask(debtorId, number);
    expect(before.obligations.some(({ pack }) => pack === 'us-federal')).toBe(false);
    await rig.call('rules.set-settings', { site: ['US'] });
    const after = rig.ask(debtorId, number);
    expect(after.obligations.some(({ pack }) => pack === 'us-federal')).toBe(true);
  });

  it('that are damaged allow nothing', () => {
    const number = '+48601234567';
    const debtorId = rig.addDebtor({ jurisdiction: 'PL', zone: 'Europe/Warsaw', number });
    expect(rig.ask(debtorId, number).allowed).toBe(true);
    for (const valueJson of ['{"jurisdictions":"PL"}', '{', 'null', '{"jurisdictions":[1]}']) {
      rig.store.runNow((db) => {
        db.run("DELETE FROM setting WHERE id = 'contactRules.site'");
        db.insert('setting', { id: 'contactRules.site', valueJson, updatedAt: 1 });
      });
      expect(() => readFirmRules(rig.store.read)).toThrow(/settings/);
      expect(rig.ask(debtorId, number).allowed).toBe(false);
    }
  });
});

describe('the rules of the firm', () => {
  it('stay the same object until something changes', async () => {
    const first = readFirmRules(rig.store.read);
    expect(readFirmRules(rig.store.read)).toBe(first);
    await rig.call('rules.set-settings', { site: ['PL'] });
    const second = readFirmRules(rig.store.read);
    expect(second).not.toBe(first);
    expect(second.revision).toBe(first.revision + 1);
  });

  it('are those of the transaction for the writer, also when it is rolled back and another comes', async () => {
    const put = (db: WriteDb, site: string): string[] => {
      db.run(
        'INSERT OR REPLACE INTO setting (id, valueJson, updatedAt) VALUES (?, ?, 1)',
        'contactRules.site',
        JSON.stringify({ jurisdictions: [site] }),
      );
      return readFirmRules(db).settings.site;
    };
    expect(() =>
      rig.store.runNow((db) => {
        expect(put(db, 'PL')).toEqual(['PL']);
        throw new Error('the disk is full');
      }),
    ).toThrow('disk');
    rig.store.runNow((db) => expect(readFirmRules(db).settings.site).toEqual([]));
    rig.store.runNow((db) => expect(put(db, 'GB')).toEqual(['GB']));
    expect(readFirmRules(rig.store.read).settings.site).toEqual(['GB']);
  });

  it('cost microseconds while nothing changes', () => {
    readFirmRules(rig.store.read);
    const startedAt = process.threadCpuUsage();
    for (let count = 0; count < 1_000; count += 1) readFirmRules(rig.store.read);
    // of this thread alone: some 5 µs each
    const { user, system } = process.threadCpuUsage(startedAt);
    expect((user + system) / 1_000).toBeLessThan(200);
  });
});
