import { createHash } from 'node:crypto';
import type { RulePack } from '#shared/rule-packs/index.ts';

const digests = new WeakMap<RulePack, string>();

/**
 * What a review is bound to: the SHA-256 (hex) of a pack's JSON with its keys in order and without `review`, so that
 * neither the order of keys nor a program that reads them differently makes another pack of it. Kept for each object:
 * packs are not changed after they were read.
 */
export function packSha256(pack: RulePack): string {
  const known = digests.get(pack);
  if (known !== undefined) return known;
  const { review: _review, ...content } = pack;
  const digest = createHash('sha256').update(inOrder(content)).digest('hex');
  digests.set(pack, digest);
  return digest;
}

function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${inOrder(inner)}`);
  return `{${parts.join(',')}}`;
}
