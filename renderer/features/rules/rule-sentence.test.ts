import { describe, expect, it } from 'vitest';
import { type Rule, rulePack } from '#shared/rule-packs/index.ts';
import { createI18n, languages } from '../../app/i18n.ts';
import { describeRule } from './rule-sentence.ts';
import type { Words } from './rule-words.ts';

const packs = Object.values(
  import.meta.glob('../../../resources/rule-packs/*.json', { eager: true, import: 'default' }),
).map((text) => rulePack.parse(text));
const wordsIn = (locale: string): Words => ({
  t: createI18n(locale as 'en').t,
  locale,
});
const english = wordsIn('en');

const base = {
  id: 'OWN-1',
  basis: 'policy',
  source: 'house rule',
  channels: ['call'],
  severity: 'deny',
} as const;
const cap = (overrides: object): Rule =>
  ({
    ...base,
    kind: 'cap',
    counts: ['attempt'],
    direction: 'out',
    countChannels: ['call'],
    excludeFlags: [],
    scope: ['person', 'debt'],
    limit: 7,
    window: { type: 'calendarDays', days: 7 },
    ...overrides,
  }) as unknown as Rule;
const sentence = (rule: object, words = english): string =>
  describeRule(rule as Rule, words).sentence;

describe('a rule as a sentence', () => {
  it('says a cap with its window and what it is counted for', () => {
    expect(sentence(cap({}))).toBe(
      'At most 7 attempts in 7 calendar days, today included, per person and debt',
    );
    expect(sentence(cap({ limit: 1, window: { type: 'rolling', length: 'PT72H' } }))).toBe(
      'At most 1 attempt in any 72 hours, per person and debt',
    );
    expect(
      sentence(cap({ window: { type: 'calendarUnit', unit: 'week', weekStart: 'sun' } })),
    ).toContain('in one week from Sunday');
    expect(sentence(cap({ limit: 0 }))).toBe('None at all: attempts');
    expect(sentence(cap({ counts: ['conversation', 'effectiveCall'], limit: 1 }))).toContain(
      '1 contact (conversations and effective calls)',
    );
  });

  it('bends with the number in languages that bend', () => {
    const polish = wordsIn('pl');
    expect(sentence(cap({ limit: 2 }), polish)).toContain('Najwyżej 2 próby kontaktu');
    expect(sentence(cap({ limit: 7 }), polish)).toContain('Najwyżej 7 prób kontaktu');
    expect(sentence(cap({ limit: 1 }), wordsIn('ru'))).toContain('Не более 1 попытки');
  });

  it('says what is counted, what is not, and when it does not hold', () => {
    const text = describeRule(
      cap({
        excludeFlags: ['notConnected'],
        targets: ['spouse'],
        unless: [
          { type: 'directConsent', scope: ['person'], lasts: 'P7D', firstDayCounts: true },
          { type: 'debtorInitiated', withinChannel: true, once: true },
          { type: 'fact', name: 'guaranteedAgent' },
        ],
      }),
      english,
    );
    expect(text.details).toEqual([
      'Counted over: calls',
      'Only what we started',
      'Not counted: attempts that did not connect',
      'With: the spouse',
    ]);
    expect(text.exceptions).toEqual([
      "with the debtor's direct consent, for 7 days",
      'one answer, when the debtor used this channel',
      'when it is known that an agent is certain to take the call',
    ]);
  });

  it('says the other kinds', () => {
    expect(
      sentence({
        ...base,
        kind: 'cooldown',
        after: ['conversation'],
        direction: 'both',
        scope: ['debt'],
        length: 'P7D',
        firstDayCounts: true,
      }),
    ).toBe('7 days of quiet after conversations, per debt');
    expect(sentence({ ...base, kind: 'hold', holdKind: 'dispute' })).toBe(
      'No contact while this is known: the debt is disputed',
    );
    expect(
      sentence({ ...base, kind: 'retention', artefact: 'recording', min: 'P3Y', anchor: 'event' }),
    ).toBe('Recordings: kept at least 3 years, counted from the event itself');
    expect(
      sentence({
        ...base,
        kind: 'addressee',
        targets: ['thirdParty'],
        allowedTopics: [],
        maxContacts: 1,
      }),
    ).toBe('With third persons: at most 1 contact; nothing about the debt');
    expect(
      sentence({
        ...base,
        kind: 'content',
        when: 'every',
        mustInclude: ['optOut'],
        mustNotInclude: ['threat'],
        exclusive: true,
      }),
    ).toBe('In every message: say how to opt out; never a threat; and nothing else');
    expect(
      sentence({
        ...base,
        kind: 'callerId',
        withheldAllowed: false,
        must: ['rightToUse'],
        forbiddenRanges: [],
        localPresence: 'warn',
      }),
    ).toBe(
      'The number shown: never withheld; one that we have the right to use; local numbers with a warning',
    );
  });

  it('leaves no key untranslated in any rule of any pack that ships', () => {
    for (const language of languages) {
      const words = wordsIn(language);
      for (const pack of packs) {
        for (const rule of pack.rules) {
          const { sentence: text, details, exceptions } = describeRule(rule, words);
          for (const part of [text, ...details, ...exceptions]) {
            expect(part, `${pack.id} ${rule.id} in ${language}`).not.toMatch(
              /rule-(word|sentence|detail|exception|count)|undefined|\{\{/,
            );
            expect(part).not.toBe('');
          }
        }
      }
    }
  });
});
