import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Rule } from '#shared/rule-packs/index.ts';
import { createCalendars } from '../calendars/calendars.ts';
import { loadCalendars } from '../calendars/load-calendars.ts';
import {
  compilePack,
  evaluate,
  prepareEvents,
  prepareFacts,
  prepareQuestion,
} from '../engine/index.ts';
import { mayContact } from '../vectors/may-contact.ts';
import { fixedReadings, rowsOfReference } from './fixed-readings.fixture.ts';
import { loadPacks } from './load-packs.ts';

const resources = join(import.meta.dirname, '../../../resources');
const calendars = loadCalendars(join(resources, 'calendars'));
const packs = loadPacks(join(resources, 'rule-packs'), {
  calendars: new Set(calendars.map(({ id }) => id)),
});
const packOf = (id: string) => {
  const pack = packs.find((one) => one.id === id);
  if (!pack) throw new Error(`no pack ${id}`);
  return pack;
};
const ruleOf = (pack: string, id: string) => packOf(pack).rules.find((rule) => rule.id === id);

test('all of the issue are there, and all are drafts', () => {
  expect(packs.map(({ id }) => id)).toEqual(
    [
      ...[
        'cn',
        'de',
        'debtor-wishes',
        'es',
        'eu',
        'pci',
        'pl',
        'practice',
        'ru',
        'safe-base',
        'uk',
      ],
      ...['us-ca', 'us-ct', 'us-dc', 'us-de', 'us-federal', 'us-fl', 'us-il', 'us-ma', 'us-md'],
      ...['us-mi', 'us-mt', 'us-nh', 'us-nv', 'us-nyc', 'us-pa', 'us-wa', 'za'],
    ].sort(),
  );
  expect(packs.filter(({ review }) => review.status !== 'draft')).toEqual([]);
});

describe.each(Object.entries(fixedReadings))('the numbers that bind: %s', (id, fixed) => {
  test('whose clock', () => {
    expect(packOf(id)).toMatchObject({ zoneBasis: fixed.zoneBasis });
    expect(packOf(id).fixedZone).toBe(fixed.fixedZone);
  });
  test.each(Object.entries(fixed.rules))('%s', (ruleId, expected) => {
    const rule = ruleOf(id, ruleId);
    const fields = Object.keys(expected);
    const found = Object.fromEntries(
      fields.map((field) => [field, (rule as Record<string, unknown> | undefined)?.[field]]),
    );
    expect(found).toEqual(expected);
  });
});

test.each(Object.entries(rowsOfReference))(
  'every row of the reference stands in %s',
  (id, rows) => {
    const ids = packOf(id).rules.map((rule) => rule.id);
    const missing = rows.filter(
      (row) => !ids.some((one) => new RegExp(`^${row}[a-z]?$`).test(one)),
    );
    expect(missing).toEqual([]);
  },
);

test('every rule says what it rests on, and its sources are listed with their confidence', () => {
  const unsourced = packs.flatMap(({ id, rules, sources }) => {
    const known = new Set(sources.map(({ ref }) => ref));
    return rules
      .filter(({ source }) => {
        const refs = [...source.matchAll(/\[([\w-]+)\]/g)].map(([, ref]) => ref ?? '');
        return refs.length === 0 || refs.some((ref) => !known.has(ref));
      })
      .map((rule) => `${id} ${rule.id}`);
  });
  expect(unsourced).toEqual([]);
});

test('no source is listed that no rule rests on', () => {
  const unused = packs.flatMap(({ id, rules, sources }) =>
    sources
      .filter(({ ref }) => !rules.some(({ source }) => source.includes(`[${ref}]`)))
      .map(({ ref }) => `${id} ${ref}`),
  );
  expect(unused).toEqual([]);
});

test('the states where everyone must agree to a recording ask for it', () => {
  const states = 'CA CT DE FL IL MD MA MI MT NV NH PA WA'.split(' ');
  const asking = packs
    .filter(({ jurisdiction, rules }) => jurisdiction.startsWith('US-') && rules.some(asksConsent))
    .map(({ jurisdiction }) => jurisdiction.slice(3));
  expect(asking.sort()).toEqual(states.sort());
});

const asksConsent = (rule: Rule) => rule.kind === 'recording' && rule.mode === 'allPartyConsent';

test('packs about payment and packs of recording alone never refuse', () => {
  const kinds = packOf('pci').rules.map(({ kind }) => kind);
  expect(new Set(kinds)).toEqual(new Set(['payment', 'retention']));
});

/** A call in the middle of a working day about a debtor of whom nothing is known. */
function plainCall(id: string, zone: string, jurisdiction: string): string[] {
  const facts = prepareFacts(
    {
      residence: { jurisdiction, zones: [zone] },
      numbers: { n1: { class: 'mobile', presumedZones: [zone] } },
      ...{ holds: [], personalBlocks: [], consents: [], flags: [] },
    },
    createCalendars([], { complete: true }),
  );
  const question = prepareQuestion(
    {
      at: Date.parse('2026-11-24T12:00:00Z'),
      channel: 'call',
      mode: 'preview',
      purposes: ['collection'],
      person: 'p1',
      debt: 'A',
      number: 'n1',
      target: 'debtor',
    },
    facts,
    prepareEvents([], facts),
    90,
  );
  return evaluate(question, compilePack(packOf(id))).blockedBy.map(({ rule }) => rule);
}

test('a plain preview call is refused by no gate but the German first claim', () => {
  const places: Record<string, [string, string]> = {
    cn: ['Asia/Shanghai', 'CN'],
    ru: ['Europe/Moscow', 'RU'],
    za: ['Africa/Johannesburg', 'ZA'],
    uk: ['Europe/London', 'GB'],
  };
  const refused = packs.flatMap(({ id, jurisdiction }) => {
    const american = jurisdiction.startsWith('US') || jurisdiction === '*';
    const [zone, place] = places[id] ?? [
      american ? 'Atlantic/Reykjavik' : 'Europe/Berlin',
      jurisdiction,
    ];
    return plainCall(id, zone, place).map((rule) => `${id} ${rule}`);
  });
  expect(refused).toEqual(['de DE-02']);
});

test('the vectors, with every pack evaluated whole, are refused by more rules in these cases only', () => {
  interface Vectors {
    switchedOn?: object;
    vectors: { id: string; expect: { blockedBy: string[] } }[];
  }
  const path = join(import.meta.dirname, '../fixtures/may-contact.json');
  const { switchedOn: _parts, ...whole } = JSON.parse(readFileSync(path, 'utf8')) as Vectors;
  const { results } = mayContact(JSON.stringify(whole), packs);
  const changed = whole.vectors.flatMap(({ id, expect: { blockedBy } }, index) => {
    const more = results[index]?.blockedBy.filter((rule) => !blockedBy.includes(rule)) ?? [];
    return more.length === 0 ? [] : [`${id}: ${more.sort().join(', ')}`];
  });
  // the policy hours that the reference itself leaves out, and the gate that German law has
  expect(changed).toEqual(['T38: ZA-P-01', 'T39: ZA-P-01', 'T41: DE-02']);
});
