import { join } from 'node:path';
import type { StoreKind } from '#shared/domain/index.ts';
import {
  createClockGuard,
  createContactRules,
  loadPacks,
  packsForStore,
} from '../../contact-rules/index.ts';
import { addDebt, addDebtor, addPhone, addPortfolio } from '../../debtors/debtors.fixture.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import type { FillRequest } from '../ports.ts';
import { createTemplates, type Templates, templateWrites } from './index.ts';

export const NOW = Date.UTC(2026, 10, 22, 12);
export const resources = join(import.meta.dirname, '../../../resources');

export interface Rig {
  store: TestStore;
  templates: Templates;
  published: string[];
  /** answers of `mayDisclose` from now on */
  disclosure: { ok: true } | { ok: false; because: string };
}

export function openRig(storeKind: StoreKind = 'practice', writes = {}): Rig {
  let now = NOW;
  const clock = { now: () => now++, monotonic: () => 0, setTimer: () => () => {} };
  const store = openTestStore({ writes: { ...templateWrites, ...writes }, storeKind, clock });
  const published: string[] = [];
  const rules = createContactRules({
    packs: packsForStore(loadPacks(join(resources, 'rule-packs')), storeKind),
    storeKind,
    clockGuard: createClockGuard(clock),
  });
  const rig: Rig = {
    store,
    published,
    disclosure: { ok: true },
    templates: createTemplates({
      store,
      rules,
      clock,
      resources,
      storeKind,
      publisher: { publish: (name) => published.push(name) },
      audit: () => {},
      mayDisclose: () => rig.disclosure,
    }),
  };
  return rig;
}

/** A debtor in Poland with a number and one debt of 1,284.50 PLN to one creditor. */
export function addCase(
  store: TestStore,
  debtor: Partial<Parameters<typeof addDebtor>[2]> = {},
  debt: Partial<Parameters<typeof addDebt>[2]> = {},
): string {
  return store.runNow((db, context) => {
    const portfolioId = addPortfolio(db, context);
    const debtorId = addDebtor(db, context, { portfolioId, ...debtor });
    addDebt(db, context, {
      ...{ portfolioId, debtorId, balanceMinor: 128_450, principalMinor: 128_450 },
      ...{ accountToPay: '61109010140000071219812874' },
      ...debt,
    });
    addPhone(db, context, { debtorId, value: '+48100000001' });
    return debtorId;
  });
}

export function aRequest(overrides: Partial<FillRequest> & { debtorId: string }): FillRequest {
  return {
    channel: 'sms',
    templateId: null,
    templateVersion: null,
    language: null,
    text: null,
    subject: null,
    debtIds: null,
    paymentPlanId: null,
    agentName: 'Ewa',
    documentLink: null,
    ...overrides,
  };
}

/** What the firm and its links are called. */
export function setFirm(store: TestStore, letterhead: Record<string, string>, settings = {}): void {
  store.runNow((db) => {
    const put = (id: string, value: unknown) => {
      const columns = { valueJson: JSON.stringify(value), updatedAt: 1 };
      const known = db.get('SELECT 1 FROM setting WHERE id = ?', id);
      if (known) db.update('setting', id, columns);
      else db.insert('setting', { id, ...columns });
    };
    put('document.letterhead', { letterhead, logo: null });
    put('message/settings', settings);
  });
}
