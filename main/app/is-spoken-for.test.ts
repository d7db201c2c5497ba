import { expect, it } from 'vitest';
import { openTestStore } from '../testing/open-test-store.ts';
import { isSpokenFor } from './is-spoken-for.ts';

it('a test message goes neither to a debtor nor to who asked for rest', async () => {
  const store = openTestStore({ writes: {} });
  store.runNow((db) => {
    const debtor = { id: 'd-1', kind: 'person', displayName: 'Made Up', searchName: 'made up' };
    db.insert('debtor', {
      ...debtor,
      ...{ externalRef: 'd-1', language: 'pl', jurisdiction: 'PL', timeZonesJson: '[]' },
      ...{ synthetic: 1, createdAt: 0 },
    });
    const point = { kind: 'email', status: 'active', timeZonesJson: '[]', createdAt: 0 };
    db.insert('contactPoint', { id: 'p-1', debtorId: 'd-1', value: 'Jan@us.example', ...point });
    db.insert('doNotCall', { id: 'n-1', list: 'reply', number: '+48100000001', createdAt: 0 });
  });
  const { read } = store;
  expect(isSpokenFor(read, 'jan@us.example')).toBe(true);
  expect(isSpokenFor(read, '+48100000001')).toBe(true);
  expect(isSpokenFor(read, '+48100000002')).toBe(false);
  await store.close();
});
