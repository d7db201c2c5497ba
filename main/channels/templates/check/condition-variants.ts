import type { MessageField } from '#shared/contract/index.ts';
import type { CompiledBlock, CompiledText } from '../text/compile-text.ts';
import { holds } from '../text/conditions.ts';

/** Beyond so many ways to write one text only the longest and the shortest are looked at. */
const MOST_VARIANTS = 256;

type State = { number?: number } | null;

/**
 * Every way in which a text can come out, by what its conditions ask: a field has no value, or one on either side of each
 * number that it is compared with.
 * @returns the blocks of each, the whole text first
 */
export function variantsOf({ blocks }: CompiledText): CompiledBlock[][] {
  const states = [...statesOf(blocks)];
  const count = states.reduce((product, [, each]) => product * each.length, 1);
  if (count > MOST_VARIANTS) return [[...blocks], blocks.filter(({ when }) => when === null)];
  const combinations = states.reduce<Map<MessageField, State>[]>(
    (made, [field, each]) =>
      made.flatMap((one) => each.map((state) => new Map([...one, [field, state]]))),
    [new Map()],
  );
  const variants = combinations.map((values) =>
    blocks.filter(({ when }) => when === null || holds(when, values.get(when.field) ?? null)),
  );
  return [...variants].sort((one, other) => other.length - one.length);
}

function statesOf(blocks: readonly CompiledBlock[]): Map<MessageField, State[]> {
  const numbers = new Map<MessageField, Set<number>>();
  for (const { when } of blocks) {
    if (when === null) continue;
    const known = numbers.get(when.field) ?? new Set();
    if (when.than !== undefined) known.add(when.than);
    numbers.set(when.field, known);
  }
  return new Map(
    [...numbers].map(([field, compared]) => {
      const values = [...compared].flatMap((than) => [than - 1, than, than + 1]);
      const present: State[] =
        values.length === 0 ? [{}] : [...new Set(values)].map((number) => ({ number }));
      return [field, [null, ...present]];
    }),
  );
}
