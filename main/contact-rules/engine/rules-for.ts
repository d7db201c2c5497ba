import type { CompiledRule } from './compiled-rule.ts';
import type { Question } from './question.ts';

/** Rules that apply to a kind of contact, in the order of their packs, by what is asked of them. */
export interface RulesForContact {
  /** may say no */
  deciding: readonly CompiledRule[];
  /** of these, those whose no counts */
  binding: readonly CompiledRule[];
  recording: readonly CompiledRule[];
  /** all others may ask for something */
  owing: readonly CompiledRule[];
}

const known = new WeakMap<readonly CompiledRule[], Map<number, RulesForContact>>();

/**
 * The rules that apply to a question, found once for each kind of contact: a list of a million asks about a few kinds, under
 * packs of a hundred rules.
 */
export function rulesFor(question: Question, rules: readonly CompiledRule[]): RulesForContact {
  let kinds = known.get(rules);
  if (!kinds) {
    kinds = new Map();
    known.set(rules, kinds);
  }
  const key = kindOfContact(question);
  let found = kinds.get(key);
  if (!found) {
    found = sortOut(rules.filter((rule) => rule.applies(question)));
    kinds.set(key, found);
  }
  return found;
}

/** All that `CompiledRule.applies` looks at. Words of each list have fewer than 16 bits, so the product stays exact. */
function kindOfContact(question: Question): number {
  const { channelBit, modeBit, purposeBits, targetBit, classBits, request } = question;
  let key = request.number === undefined ? 0 : 1;
  for (const bits of [channelBit, modeBit, purposeBits, targetBit, classBits])
    key = key * 1_024 + bits;
  return key;
}

function sortOut(applying: readonly CompiledRule[]): RulesForContact {
  const deciding = applying.filter(({ decides }) => decides);
  return {
    deciding,
    binding: deciding.filter(({ severity }) => severity !== 'warn'),
    recording: applying.filter(({ kind }) => kind === 'recording'),
    owing: applying.filter(({ kind }) => kind !== 'recording'),
  };
}
