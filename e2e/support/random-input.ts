import type { Random } from '#shared/util/index.ts';

/** The part of JSON Schema that zod writes for the inputs of commands. */
interface Schema {
  type?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  properties?: Record<string, Schema>;
  required?: readonly string[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
}

/** Texts that have broken programs before. */
const awkward = [
  '',
  ' ',
  'Żółć Ωmega 漢字 🙂 \u202eabc',
  "'; DROP TABLE debtor; --",
  '" OR * NEAR(',
  '%_\\',
  '../../etc/passwd',
  '=cmd|x!A1',
  '\u0000\u0001',
  'x'.repeat(3_000),
];

export interface RandomInputOptions {
  random: Random;
  /** ids that exist: taken for every second id */
  knownIds: readonly string[];
}

/**
 * An input that fits the shape of a command and means nothing: what a broken or hostile client sends. Not every one fits:
 * limits and patterns are tried from both sides.
 */
export function randomInput(schema: Schema, options: RandomInputOptions): unknown {
  const { random } = options;
  const pick = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(random.next() * items.length)] as Item;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return randomInput(pick(choices), options);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => schema.required?.includes(name) === true || random.next() < 0.6)
          .map(([name, each]) => [name, randomInput(each, options)]),
      );
    case 'array': {
      const least = schema.minItems ?? 0;
      const most = Math.min(schema.maxItems ?? 3, least + 3);
      const length = least + Math.floor(random.next() * (most - least + 1));
      return Array.from({ length }, () => randomInput(schema.items ?? {}, options));
    }
    case 'string':
      return randomText(schema, options, pick);
    case 'integer':
    case 'number': {
      const least = schema.minimum ?? -1_000_000;
      const most = schema.maximum ?? Number.MAX_SAFE_INTEGER;
      const value = pick([
        least,
        most,
        0,
        1,
        least + random.next() * (Math.min(most, 1e9) - least),
      ]);
      return schema.type === 'integer' ? Math.round(value) : value;
    }
    case 'boolean':
      return random.next() < 0.5;
    case 'null':
      return null;
    default:
      return pick<unknown>([null, 0, 'x', [], {}]);
  }
}

function randomText(
  { pattern = '', maxLength }: Schema,
  { random, knownIds }: RandomInputOptions,
  pick: <Item>(items: readonly Item[]) => Item,
): string {
  if (pattern.includes('[0-9a-f]{8}-')) {
    return random.next() < 0.5 && knownIds.length > 0
      ? pick(knownIds)
      : '01a20067-0000-7000-8000-00000000dead';
  }
  if (pattern.startsWith('^\\d{4}-'))
    return pick([
      '2026-02-28',
      '2027-01-31',
      '0000-00-00',
      '2026-13-45',
      '9999-12-31',
      '1000-01-01',
    ]);
  if (pattern.startsWith('^\\+')) return pick(['+48221234567', '+12025550123', '+999999999']);
  if (pattern === '^[A-Z]{3}$') return pick(['PLN', 'EUR', 'XXX']);
  if (pattern === '^[A-Z]{2}$') return pick(['PL', 'US', 'ZZ']);
  return pick(awkward).slice(0, maxLength ?? 3_000);
}
