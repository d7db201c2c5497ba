import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createClockGuard,
  createContactRules,
  createContentChecker,
  loadContentWords,
  loadPacks,
  packsForStore,
} from '../../../contact-rules/index.ts';
import { documentWrites } from '../../../debtors/writes.ts';
import { openTestStore, type TestStore } from '../../../testing/open-test-store.ts';
import { checkTemplate } from '../check/check-template.ts';
import { ContentGate } from '../check/content-gate.ts';
import { disclosesText } from '../message-texts.ts';
import { compileBody } from '../published-templates.ts';
import { openRig, resources } from '../templates.fixture.ts';
import { loadSampleTemplates } from './load-samples.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const samples = loadSampleTemplates(join(resources, 'message-templates'));

let stores: TestStore[];
beforeEach(() => {
  stores = [];
});
afterEach(() => Promise.all(stores.map((store) => store.close())));

function gateOf(storeKind: 'practice' | 'real') {
  const clock = { now: () => NOW, monotonic: () => 0, setTimer: () => () => {} };
  const store = openTestStore({ storeKind, writes: documentWrites });
  stores.push(store);
  store.runNow((db, context) => documentWrites['document.seedSamples'](db, context, null));
  const packs = packsForStore(loadPacks(join(resources, 'rule-packs')), storeKind);
  const rules = createContactRules({ packs, storeKind, clockGuard: createClockGuard(clock) });
  const checkContent = createContentChecker(loadContentWords(join(resources, 'content')));
  return { store, gate: new ContentGate({ rules, checkContent }) };
}

describe.each(['real', 'practice'] as const)('in a %s store', (storeKind) => {
  it('each sample may be published in every place it is meant for, in every language', () => {
    const { store, gate } = gateOf(storeKind);
    const blocking = samples.flatMap(({ name, channel, body }) =>
      checkTemplate(gate, store.read, { channel, body }, NOW)
        .filter(({ blocks }) => blocks)
        .map((problem) => ({ name, ...problem })),
    );
    expect(blocking).toEqual([]);
  });
});

describe('the samples', () => {
  it('cover every channel in all four languages, and the places that have rules of their own', () => {
    for (const channel of ['sms', 'mms', 'email']) {
      const own = samples.filter((sample) => sample.channel === channel);
      const languages = new Set(own.flatMap(({ body }) => Object.keys(body.texts)));
      expect([...languages].sort()).toEqual(['en', 'pl', 'ru', 'zh']);
      const places = new Set(own.flatMap(({ body }) => body.places));
      expect([...places]).toEqual(expect.arrayContaining(['PL', 'US', 'GB', 'RU', 'CN', 'DE']));
    }
  });

  it('would be refused where the opt-out, or what the United States want said, is taken out', () => {
    const { store, gate } = gateOf('real');
    const us = samples.find(({ name }) => name === 'Payment reminder (US)')!;
    const without = (words: string) => {
      const body = JSON.parse(JSON.stringify(us.body).replaceAll(words, 'x'));
      return checkTemplate(gate, store.read, { channel: us.channel, body }, NOW).map(
        ({ element }) => element,
      );
    };
    expect(without('{{optOut}}')).toContain('optOut');
    expect(without('attempt to collect a debt')).toContain('miniMirandaFirst');
  });

  it('that only ask to call back name no debt; all others do', () => {
    const { store, gate } = gateOf('real');
    for (const { name, channel, body } of samples) {
      const discloses = [...compileBody(body).values()].map((text) =>
        disclosesText(gate, store.read, { body, channel }, text, NOW),
      );
      const isSilent = name === 'Please call back';
      expect([name, new Set(discloses)]).toEqual([name, new Set([!isSilent])]);
    }
  });

  it('are in use at once in practice and drafts elsewhere; what a firm changed stays', async () => {
    for (const storeKind of ['practice', 'real'] as const) {
      const { store, templates } = openRig(storeKind);
      stores.push(store);
      await templates.open();
      const states = store.read.all<{ state: string; sample: number; rows: number }>(
        'SELECT state, sample, count(*) AS rows FROM template GROUP BY state, sample',
      );
      const state = storeKind === 'practice' ? 'published' : 'draft';
      expect(states).toEqual([{ state, sample: 1, rows: samples.length }]);
      const { templateId } = samples[0]!;
      store.runNow((db) => db.update('template', templateId, { sample: 0, bodyJson: '{}' }));
      await templates.open();
      expect(store.read.get('SELECT bodyJson FROM template WHERE id = ?', templateId)).toEqual({
        bodyJson: '{}',
      });
      expect(store.read.get('SELECT max(version) AS version FROM templateVersion')).toEqual({
        version: storeKind === 'practice' ? 1 : null,
      });
    }
  });
});
