import type { DebtorCard } from '#shared/contract/index.ts';
import { foldText } from '#shared/util/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/index.ts';

type CardScript = NonNullable<Unbranded<DebtorCard>['script']>;

interface ScriptRow {
  name: string;
  language: string;
  debtKind: string | null;
  bodyJson: string;
}

/**
 * The script for this kind of debt in the debtor's language; else the one for any debt in that language; else the same
 * in English. A kind of a script is words of which one occurs in the debt's kind ("loan, credit").
 */
export function loadScript(
  read: ReadDb,
  language: string,
  debtKinds: readonly string[],
): CardScript | null {
  const own = language.slice(0, 2).toLowerCase();
  const rows = read.all<ScriptRow>(
    `SELECT name, language, debtKind, bodyJson FROM script
     WHERE deletedAt IS NULL AND substr(language, 1, 2) IN (?, 'en') ORDER BY id`,
    own,
  );
  const kinds = debtKinds.map(foldText);
  const fits = ({ debtKind }: ScriptRow) => debtKind !== null && matches(debtKind, kinds);
  const inLanguage = (wanted: string) => rows.filter((row) => row.language.startsWith(wanted));
  const choose = (from: readonly ScriptRow[]) =>
    from.find(fits) ?? from.find((row) => row.debtKind === null);
  const row = choose(inLanguage(own)) ?? choose(inLanguage('en'));
  if (!row) return null;
  const { sample = false, sections } = JSON.parse(row.bodyJson) as {
    sample?: boolean;
    sections: CardScript['sections'];
  };
  const { name, debtKind } = row;
  return { name, language: row.language, debtKind, sample, sections };
}

function matches(words: string, kinds: readonly string[]): boolean {
  const each = words
    .split(',')
    .map((word) => foldText(word))
    .filter(Boolean);
  return kinds.some((kind) => each.some((word) => kind.includes(word)));
}
