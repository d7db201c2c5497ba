import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPacks } from '../packs/load-packs.ts';
import { mayContact } from './may-contact.ts';

const root = join(import.meta.dirname, '../../..');
const packs = loadPacks(join(root, 'resources/rule-packs'));
const fixture = readFileSync(join(import.meta.dirname, '../fixtures/may-contact.json'), 'utf8');

interface ExpectedVector {
  id: string;
  note: string;
  request: { at: string };
  expect: { allowed: boolean; blockedBy: string[]; nextAllowedAt: string | null };
}
const file = JSON.parse(fixture) as { vectors: ExpectedVector[] };

describe('test vectors of the reference', () => {
  const { results } = mayContact(fixture, packs);

  test('one result for each vector, in the order of the file', () => {
    expect(results.map(({ id }) => id)).toEqual(file.vectors.map(({ id }) => id));
    expect(results.length).toBeGreaterThan(25);
  });

  test.each(file.vectors)('$id $note', ({ id, expect: expected }) => {
    const result = results.find((one) => one.id === id)!;
    expect(result.allowed).toBe(expected.allowed);
    expect([...result.blockedBy].sort()).toEqual([...expected.blockedBy].sort());
    const instant = (text: string | null) => (text === null ? null : Date.parse(text));
    expect(instant(result.nextAllowedAt)).toBe(instant(expected.nextAllowedAt));
  });
});
