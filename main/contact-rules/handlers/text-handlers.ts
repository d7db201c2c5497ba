import { AppError } from '#shared/errors/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Handlers } from '../../contract-server/types.ts';
import type { ReadDb, Store } from '../../store/types.ts';
import type { ContactRules } from '../contact-rules.ts';
import { contentRulesOf, type createContentChecker } from '../content/index.ts';
import { countryOfNumber } from '../numbers/place-of-number.ts';
import type { createReplyReader } from '../opt-out/index.ts';

export interface TextHandlersParts {
  store: Store;
  rules: Pick<ContactRules, 'packsFor'>;
  clock: Clock;
  checkContent: ReturnType<typeof createContentChecker>;
  readReply: ReturnType<typeof createReplyReader>;
}

/** Commands about words: may this be said, and what does that reply ask for. Nothing is stored. */
export function createTextHandlers(parts: TextHandlersParts): Handlers {
  const { checkContent, readReply } = parts;
  return {
    'rules.check-content': ({ debtorId = null, jurisdictions = [], ...question }) => {
      const packs = packsOf(parts, debtorId, jurisdictions);
      return checkContent(question, contentRulesOf(packs, parts.clock.now()));
    },
    'rules.read-reply': ({ text, channel }) => readReply(text, { channel }),
  };
}

function packsOf(
  { store, rules, clock }: TextHandlersParts,
  debtorId: string | null,
  places: readonly string[],
): readonly RulePack[] {
  const { read } = store;
  return read.snapshot(() => {
    const about = debtorId === null ? { places, creditors: [] } : circumstancesOf(read, debtorId);
    return rules.packsFor(read, about, clock.now());
  });
}

/** Where a debtor lives and has numbers, and whom they owe. @throws AppError `contract.not-found` */
function circumstancesOf(db: ReadDb, debtorId: string): { places: string[]; creditors: string[] } {
  const debtor = db.get<{ jurisdiction: string }>(
    'SELECT jurisdiction FROM debtor WHERE id = ? AND deletedAt IS NULL',
    debtorId,
  );
  if (!debtor) throw new AppError('contract.not-found', 'no such debtor');
  const numbers = db.all<{ value: string }>(
    `SELECT value FROM contactPoint WHERE debtorId = ? AND status = 'active' AND deletedAt IS NULL
       AND kind NOT IN ('email', 'messenger')`,
    debtorId,
  );
  const countries = numbers.flatMap(({ value }) => countryOfNumber(value) ?? []);
  const creditors = db.all<{ creditorName: string }>(
    'SELECT DISTINCT creditorName FROM debt WHERE debtorId = ? AND deletedAt IS NULL',
    debtorId,
  );
  return {
    places: [...new Set([debtor.jurisdiction, ...countries])],
    creditors: creditors.map(({ creditorName }) => creditorName),
  };
}
