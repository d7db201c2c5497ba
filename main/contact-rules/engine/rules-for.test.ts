import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  contactChannels,
  contactModes,
  numberClasses,
  purposes,
  targets,
} from '#shared/rule-packs/index.ts';
import { createCalendars } from '../calendars/calendars.ts';
import { loadPacks } from '../packs/load-packs.ts';
import { compilePack } from './compile-packs.ts';
import { prepareEvents } from './events.ts';
import { prepareFacts } from './facts.ts';
import { type EngineRequest, prepareQuestion, type Question } from './question.ts';
import { rulesFor } from './rules-for.ts';

const packs = loadPacks(join(import.meta.dirname, '../../../resources/rule-packs'));
const rules = packs.flatMap((pack) => compilePack(pack));
const numbers = Object.fromEntries(
  numberClasses.map((each, index) => [`+4812345678${index}`, { class: each, presumedZones: [] }]),
);
const facts = prepareFacts(
  {
    residence: { jurisdiction: 'PL', zones: ['Europe/Warsaw'] },
    numbers,
    holds: [],
    personalBlocks: [],
    consents: [],
    flags: [],
  },
  createCalendars([]),
);

/** Every kind of contact there is, about every class of number and none, also with several purposes. */
function* everyQuestion(): Generator<Question> {
  const log = prepareEvents([], facts);
  const meant = [...purposes.map((each) => [each]), ['collection', 'legalNotice'] as const];
  for (const channel of contactChannels)
    for (const mode of contactModes)
      for (const target of targets)
        for (const some of meant)
          for (const number of [undefined, ...Object.keys(numbers), '+12125551234']) {
            const request: EngineRequest = {
              at: 0,
              person: 'd',
              channel,
              mode,
              target,
              purposes: some,
              ...(number === undefined ? {} : { number }),
            };
            yield prepareQuestion(request, facts, log, 90);
          }
}

describe('rules for a kind of contact', () => {
  it('are those that say so themselves, in their order, however often and in whatever order they are asked', () => {
    let questions = 0;
    for (const question of everyQuestion()) {
      const applying = rules.filter((rule) => rule.applies(question));
      const deciding = applying.filter(({ decides }) => decides);
      const found = rulesFor(question, rules);
      const isSame =
        same(found.deciding, deciding) &&
        same(
          found.binding,
          deciding.filter(({ severity }) => severity !== 'warn'),
        ) &&
        same(
          found.recording,
          applying.filter(({ kind }) => kind === 'recording'),
        ) &&
        same(
          found.owing,
          applying.filter(({ kind }) => kind !== 'recording'),
        );
      if (!isSame) expect(question.request).toBe('asked by the rules that apply');
      questions += 1;
    }
    expect(questions).toBeGreaterThan(5_000);
  });

  it('of one list of packs are not those of another', () => {
    const [question] = everyQuestion();
    if (!question) throw new Error('no question');
    const few = rules.slice(0, 3);
    rulesFor(question, rules);
    expect(rulesFor(question, few).deciding.every((rule) => few.includes(rule))).toBe(true);
  });
});

function same<Value>(one: readonly Value[], other: readonly Value[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
