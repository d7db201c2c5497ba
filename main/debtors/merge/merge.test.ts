import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDebt, addDebtor, addPhone } from '../debtors.fixture.ts';
import { AGENT, WorkRig } from '../work/work.fixture.ts';
import { movedTableNames, stayingTables } from './moved-tables.ts';

let rig: WorkRig;
let otherId: string;
let otherDebtId: string;
beforeEach(() => {
  rig = new WorkRig();
  rig.store.runNow((db, context) => {
    const { portfolioId } = rig;
    const same = {
      displayName: 'Jan Kowalski',
      nationalId: '44051401359',
      nationalIdKind: 'PESEL',
    };
    otherId = addDebtor(db, context, { portfolioId, ...same, city: 'Łódź', taxId: '5261040828' });
    db.update('debtor', rig.debtorId, { nationalId: same.nationalId, nationalIdKind: 'PESEL' });
    db.update('debtor', otherId, { accountToPay: '61109010140000071219812874' });
    otherDebtId = addDebt(db, context, { portfolioId, debtorId: otherId, externalRef: 'OTHER' });
    addPhone(db, context, { debtorId: otherId, value: '+48501234567' });
    addPhone(db, context, { debtorId: otherId, value: '+48509999999' });
  });
});
afterEach(() => rig.close());

const code = (expected: string) => expect.objectContaining({ code: expected });
const merge = () =>
  rig.call('merge.commit', { keptDebtorId: rig.debtorId, mergedDebtorId: otherId });

/** All rows of the debtors' tables, without their histories of changes. */
function everything() {
  const tables = [...movedTableNames, 'debtor', 'contactListEntry'];
  return Object.fromEntries(
    tables
      .filter((table) => table !== 'interaction')
      .map((table) => [table, rig.store.read.all(`SELECT * FROM ${table} ORDER BY id`)]),
  );
}

function addCampaignEntry(status: string) {
  rig.store.runNow((db, context) => {
    const campaignId = context.newId();
    db.insert('campaign', {
      ...{ id: campaignId, name: 'Week', portfolioId: rig.portfolioId, status: 'running' },
      ...{ settingsJson: '{}', createdAt: context.now },
    });
    db.insert('contactListEntry', {
      ...{ id: context.newId(), campaignId, debtorId: otherId, status, position: 1, updatedAt: 1 },
    });
  });
}

describe('looking for duplicates', () => {
  it('names who has the same number or the same name and more, the surest first', async () => {
    rig.store.runNow((db, context) => {
      const { portfolioId } = rig;
      addDebtor(db, context, { portfolioId, displayName: 'Jan Kowalski' });
      const colleague = addDebtor(db, context, { portfolioId, displayName: 'Ola Zielona' });
      addPhone(db, context, { debtorId: colleague, value: '+48501234567' });
    });
    const { candidates } = await rig.call('merge.find-candidates', { debtorId: rig.debtorId });
    expect(candidates).toMatchObject([
      {
        debtorId: otherId,
        reasons: ['nationalId', 'phoneAndName'],
        nationalIdMasked: '••••••••359',
        contactPoints: 2,
      },
    ]);
    expect(candidates[0].likeness).toBeGreaterThan(95);
  });
});

describe('a merge', () => {
  it('says beforehand what it would do', async () => {
    const preview = await rig.call('merge.preview', {
      keptDebtorId: rig.debtorId,
      mergedDebtorId: otherId,
    });
    expect(preview).toMatchObject({
      kept: { debtorId: rig.debtorId, debts: 2 },
      merged: { debtorId: otherId, debts: 1 },
      moves: [
        { kind: 'debt', count: 1 },
        { kind: 'contactPoint', count: 2 },
      ],
      differences: [],
      warnings: [],
    });
    expect(preview.fills).toEqual([
      { field: 'taxId', value: '5261040828' },
      { field: 'city', value: 'Łódź' },
    ]);
  });

  it('brings everything to the kept card, which the merged id leads to', async () => {
    await rig.call('debtor.add-note', { debtorId: otherId, text: 'from the other card' });
    addCampaignEntry('pending');
    await merge();
    const card = await rig.card(otherId);
    expect(card).toMatchObject({
      debtorId: rig.debtorId,
      city: 'Łódź',
      taxId: { value: '5261040828' },
      mergedFrom: [{ debtorId: otherId, agentName: 'Ewa' }],
    });
    expect(card.debts).toHaveLength(3);
    // the same number once; paid to where it was paid to
    expect(card.contactPoints.map((point: { value: string }) => point.value)).toEqual([
      '+48501234567',
      '+48509999999',
    ]);
    expect(
      card.debts.find((debt: { externalRef: string }) => debt.externalRef === 'OTHER').account,
    ).toMatchObject({ of: 'debt', valid: true });
    expect(
      card.history.map(
        (item: { text: string | null; happened: { what: string } | null }) =>
          item.text ?? item.happened?.what,
      ),
    ).toEqual(['debtor.merged', 'from the other card']);
    expect(rig.store.read.get('SELECT status, doneReason FROM contactListEntry')).toEqual({
      status: 'skipped',
      doneReason: 'merged',
    });
    const { items } = await rig.call('debtor.history', { debtorId: otherId, search: 'OTHER card' });
    expect(items).toHaveLength(1);
  });

  it('that is undone leaves every row as it was', async () => {
    await rig.call('payment.record', {
      debtorId: otherId,
      amountMinor: 77,
      currency: 'PLN',
      paidOn: rig.date(),
      method: 'cash',
    });
    await rig.call('promise.make', {
      debtorId: otherId,
      debtId: otherDebtId,
      amountMinor: 50,
      currency: 'PLN',
      dueOn: rig.date(9),
    });
    addCampaignEntry('waiting');
    const before = everything();
    const { debtorMergeId } = await merge();
    expect(everything()).not.toEqual(before);
    rig.now += 5;
    expect(await rig.call('merge.undo', { debtorMergeId })).toMatchObject({
      restoredDebtorId: otherId,
      left: 0,
    });
    const restored = everything();
    for (const entry of restored.contactListEntry as { updatedAt: number }[]) entry.updatedAt = 1;
    expect(restored).toEqual(before);
    expect((await rig.card(otherId)).debtorId).toBe(otherId);
    expect(await rig.told(otherId)).toContain('debtor.merge-undone');
    await expect(rig.call('merge.undo', { debtorMergeId })).rejects.toEqual(
      code('merge.already-undone'),
    );
    expect(
      rig.store.read.all(
        "SELECT action FROM auditEntry WHERE action LIKE 'debtor.merge%' ORDER BY id",
      ),
    ).toEqual([{ action: 'debtor.merged' }, { action: 'debtor.merge-undone' }]);
  });

  it('that is undone keeps what was edited since, and sends along what belongs to a debt that goes', async () => {
    const { debtorMergeId } = await merge();
    await rig.call('debtor.edit', { debtorId: otherId, city: 'Kraków' });
    const pay = (debtId: string | undefined) =>
      rig.call('payment.record', {
        ...{
          debtorId: rig.debtorId,
          amountMinor: 500,
          currency: 'PLN',
          paidOn: rig.date(),
          method: 'cash',
        },
        ...(debtId === undefined ? {} : { debtIds: [debtId] }),
      });
    await pay(otherDebtId);
    await pay(rig.debtIds[0]);
    expect(await rig.call('merge.undo', { debtorMergeId })).toMatchObject({ left: 1 });
    const [kept, restored] = [await rig.card(), await rig.card(otherId)];
    expect([kept.city, restored.city]).toEqual(['Kraków', 'Łódź']);
    expect(restored.debts).toMatchObject([
      { externalRef: 'OTHER', balanceMinor: 9_500, paidMinor: 500 },
    ]);
    expect([kept.payments, restored.payments]).toMatchObject([
      [{ amountMinor: 500 }],
      [{ amountMinor: 500 }],
    ]);
    expect(await rig.told(otherId)).toContain('payment.booked');
  });

  it('is undone in the opposite order of merging', async () => {
    const thirdId = rig.store.runNow((db, context) =>
      addDebtor(db, context, { portfolioId: rig.portfolioId }),
    );
    const first = await merge();
    const second = await rig.call('merge.commit', {
      keptDebtorId: thirdId,
      mergedDebtorId: rig.debtorId,
    });
    expect((await rig.card(otherId)).debtorId).toBe(thirdId);
    await expect(rig.call('merge.undo', { debtorMergeId: first.debtorMergeId })).rejects.toEqual(
      code('merge.later-merge'),
    );
    await rig.call('merge.undo', { debtorMergeId: second.debtorMergeId });
    await rig.call('merge.undo', { debtorMergeId: first.debtorMergeId });
    expect((await rig.card(otherId)).debts).toHaveLength(1);
    expect((await rig.card()).debts).toHaveLength(2);
  });

  it('is refused with oneself, twice, and while a call is up', async () => {
    await expect(
      rig.call('merge.commit', { keptDebtorId: otherId, mergedDebtorId: otherId }),
    ).rejects.toEqual(code('merge.same'));
    rig.store.runNow((db, context) =>
      db.insert('attempt', {
        ...{
          id: context.newId(),
          callId: context.newId(),
          debtorId: otherId,
          number: '+48501234567',
        },
        ...{ mode: 'manual', trunkId: 't', state: 'ringing', reservedAt: 1, personId: AGENT },
      }),
    );
    await expect(merge()).rejects.toEqual(code('merge.call-up'));
    rig.store.runNow((db) => {
      const attempt = db.get<{ id: string }>('SELECT id FROM attempt');
      db.update('attempt', attempt!.id, { endedAt: 2 });
    });
    await merge();
    await expect(merge()).rejects.toEqual(code('merge.already-merged'));
  });
});

it('every table with a debtor either moves or says why it stays', () => {
  const tables = rig.store.read.all<{ name: string }>(
    `SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
     WHERE m.type = 'table' AND c.name = 'debtorId' ORDER BY m.name`,
  );
  const known = [...movedTableNames, ...Object.keys(stayingTables)];
  expect(
    tables.map(({ name }) => name).filter((name) => !(known as string[]).includes(name)),
  ).toEqual([]);
});
