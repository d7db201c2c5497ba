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

interface StoredScript {
  sample?: boolean;
  sections: CardScript['sections'];
}

/**
 * The script of the campaign that has the debtor on the line or next on its list; else the one for this kind of debt in the debtor's language; else the one for any debt in that language; else the same
 * in English. A kind of a script is words of which one occurs in the debt's kind ("loan, credit").
 */
export function loadScript(
  read: ReadDb,
  debtorId: string,
  language: string,
  debtKinds: readonly string[],
): CardScript | null {
  const chosen = campaignScript(read, debtorId);
  if (chosen) return toCardScript(chosen);
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
  return row ? toCardScript(row) : null;
}

function toCardScript({ name, language, debtKind, bodyJson }: ScriptRow): CardScript {
  const { sample = false, sections } = JSON.parse(bodyJson) as StoredScript;
  return { name, language, debtKind, sample, sections };
}

/** A call that goes on or owes its outcome says which campaign it is; else the list of a running one that has the debtor. */
const CAMPAIGNS = [
  `SELECT campaignId AS id FROM attempt WHERE debtorId = ? AND campaignId IS NOT NULL AND disposedAt IS NULL
     AND (endedAt IS NULL OR joinedAt IS NOT NULL) ORDER BY reservedAt DESC LIMIT 1`,
  `SELECT c.id FROM contactListEntry e JOIN campaign c ON c.id = e.campaignId
    WHERE e.debtorId = ? AND e.status IN ('pending', 'waiting', 'inProgress') AND c.status = 'running'
      AND c.deletedAt IS NULL AND json_extract(c.settingsJson, '$.scriptId') IS NOT NULL
    ORDER BY e.status = 'inProgress' DESC, c.startedAt DESC LIMIT 1`,
] as const;

function campaignScript(read: ReadDb, debtorId: string): ScriptRow | undefined {
  const [onTheLine, onAList] = CAMPAIGNS;
  const campaign =
    read.get<{ id: string }>(onTheLine, debtorId) ?? read.get<{ id: string }>(onAList, debtorId);
  if (!campaign) return undefined;
  return read.get<ScriptRow>(
    `SELECT s.name, s.language, s.debtKind, s.bodyJson FROM campaign c
       JOIN script s ON s.id = json_extract(c.settingsJson, '$.scriptId')
      WHERE c.id = ? AND s.deletedAt IS NULL`,
    campaign.id,
  );
}

function matches(words: string, kinds: readonly string[]): boolean {
  const each = words
    .split(',')
    .map((word) => foldText(word))
    .filter(Boolean);
  return kinds.some((kind) => each.some((word) => kind.includes(word)));
}
