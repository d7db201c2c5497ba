import { AppError } from '#shared/errors/index.ts';

/** What a draft may be at most; a message of the contract is little longer. */
export const MOST_BYTES = 1_000_000;
export const MOST_RULES = 500;
const DEEPEST = 32;
const MOST_VALUES = 200_000;

/**
 * The JSON of what was typed. Its size is looked at first, without recursion: what nests too deep cannot be written.
 * @throws AppError `contact-rules.draft-too-large`; `contract.bad-input` for what is no object
 */
export function draftText(typed: unknown): string {
  if (typeof typed !== 'object' || typed === null || Array.isArray(typed)) {
    throw new AppError('contract.bad-input', 'a pack is an object');
  }
  assertNotHuge(typed);
  const text = JSON.stringify(typed);
  if (Buffer.byteLength(text) > MOST_BYTES) throw tooLarge('longer than a million bytes');
  return text;
}

function assertNotHuge(root: object): void {
  let level: object[] = [root];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw tooLarge('nested too deep');
    const next: object[] = [];
    for (const parent of level) {
      const children = Object.values(parent) as unknown[];
      values += children.length;
      if (values > MOST_VALUES) throw tooLarge('too many values');
      for (const child of children) {
        if (typeof child === 'object' && child !== null) next.push(child);
      }
    }
    level = next;
  }
}

function tooLarge(message: string): AppError {
  return new AppError('contact-rules.draft-too-large', message);
}
