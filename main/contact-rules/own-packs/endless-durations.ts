import type { RulePack } from '#shared/rule-packs/index.ts';
import { isWindowDuration, parseDuration } from '#shared/rule-packs/index.ts';
import type { PackProblem } from '../packs/parse-pack.ts';

/** contacts are looked back for so long, see `door` */
const LONGEST_DAYS = 400;
const LONGEST_MS = LONGEST_DAYS * 86_400_000;
const longNumber = /\d{5}/;

/**
 * Lengths that no history reaches back for, or that no calendar holds. The packs that ship have none; who types one has
 * mistyped.
 */
export function endlessDurations(pack: RulePack): PackProblem[] {
  return pack.rules.flatMap((rule) =>
    lengthsIn(rule, []).flatMap(({ field, text, isWindow }) => {
      const problem = problemOf(text, isWindow);
      return problem === null ? [] : [{ pack: pack.id, rule: rule.id, field, problem }];
    }),
  );
}

function problemOf(text: string, isWindow: boolean): string | null {
  if (longNumber.test(text)) return 'longer than any calendar';
  if (!isWindow) return null;
  const length = parseDuration(text);
  const isLonger = length.kind === 'days' ? length.days > LONGEST_DAYS : length.ms > LONGEST_MS;
  return isLonger ? `longer than ${LONGEST_DAYS} days` : null;
}

interface Length {
  field: string;
  text: string;
  isWindow: boolean;
}

/** names of fields that hold a window, and those that may be years; the schema has read both */
const windowFields = new Set(['length', 'validFor', 'lasts']);
const otherFields = new Set([
  ...['startAfter', 'maxLength', 'honourWithin'],
  ...['within', 'min', 'max'],
]);

function lengthsIn(value: unknown, path: readonly string[]): Length[] {
  if (typeof value === 'string') {
    const name = path.at(-1) ?? '';
    // the period of abandonment is the one `length` that may be in other units
    const isWindow = windowFields.has(name) && isWindowDuration(value);
    if (!isWindow && !otherFields.has(name) && name !== 'length') return [];
    return [{ field: path.join('.'), text: value, isWindow }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => lengthsIn(inner, [...path, key]));
}
