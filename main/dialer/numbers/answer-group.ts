import { foldText } from '#shared/util/index.ts';
import type { AnswerGroup } from './answer-chance.ts';
import { kindOf } from './hour-rules.ts';

/** What a debtor and a number are alike in with others; texts of files are brought to one spelling. */
export function answerGroup(row: {
  kind: string;
  country: string | null;
  jurisdiction: string;
  debtKind: string | null;
}): AnswerGroup {
  return {
    kind: kindOf(row.kind),
    country: word(row.country ?? row.jurisdiction.slice(0, 2)).toUpperCase(),
    debtKind: word(row.debtKind ?? ''),
  };
}

/** Free of the mark that keys are made with; never empty, never the mark of "any". */
function word(text: string): string {
  const folded = foldText(text).replace(/[|*]/g, ' ').trim().slice(0, 40);
  return folded === '' ? '-' : folded;
}
