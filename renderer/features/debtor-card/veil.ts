import type { Call, CallParty, DebtorCard } from '#shared/contract/index.ts';
import { namesTheDebt } from './names-the-debt.ts';

/**
 * How much of a card may be seen.
 * - `open`: everything: nobody listens, or the debtor does
 * - `unknown`: nobody knows yet who is on the line
 * - `thirdPerson`: somebody else is; the debt stays hidden, also while the call is wrapped up
 */
export type Veil = 'open' | 'unknown' | 'thirdPerson';

/** What the veil over the card of a call is, from who is on its line. */
export function veilOf(state: Call['state'], party: CallParty): Veil {
  if (party.state === 'thirdPerson') return 'thirdPerson';
  if (state === 'ended' || party.revealed || party.state === 'identified') return 'open';
  return 'unknown';
}

/** kinds of relations that would say that there is a debt */
const tellingRelations: ReadonlySet<string> = new Set(['guarantor', 'coDebtor']);

/**
 * The card without anything that discloses: amounts, debts, creditors, payments, promises, plans, documents, and words
 * that people wrote. What is not here cannot reach the page, a tooltip, the clipboard or a screen reader.
 */
export function veiledCard(card: DebtorCard): DebtorCard {
  return {
    ...card,
    portfolioId: null,
    portfolioName: null,
    externalRef: '',
    totals: [],
    totalsByComponent: [],
    oldestDaysPastDue: null,
    debts: [],
    promises: [],
    payments: [],
    paymentsTotal: 0,
    plans: [],
    writeOffs: [],
    notices: [],
    documents: [],
    consents: [],
    mergedFrom: [],
    history: [],
    historyTotal: 0,
    nextAction: null,
    planned: card.planned
      .filter(({ kind }) => kind === 'callback')
      .map((action) => ({ ...action, amountMinor: null, currency: null, name: null })),
    relations: card.relations
      .filter(({ kind }) => !tellingRelations.has(kind))
      .map((relation) => ({ ...relation, note: null })),
    holds: card.holds.map((hold) => ({ ...hold, reason: null, debtId: null })),
    blocks: card.blocks.map((block) => ({ ...block, note: null })),
    script: veiledScript(card.script),
  };
}

/** Only the first steps, up to the one that names the debt: what comes after it leans on it. */
function veiledScript(script: DebtorCard['script']): DebtorCard['script'] {
  if (script === null) return null;
  const telling = script.sections.findIndex(
    ({ title, text }) => namesTheDebt(title) || namesTheDebt(text),
  );
  const sections = telling < 0 ? script.sections : script.sections.slice(0, telling);
  return { ...script, name: '', debtKind: null, sections };
}

/** How much is behind the veil, so that its place has the size of what will stand there. */
export interface VeiledShape {
  planned: number;
  scriptSteps: number;
  debts: number;
  /** rows of what stands below the contact points */
  below: readonly number[];
}

const mostRows = 6;

export function shapeOf(card: DebtorCard): VeiledShape {
  const open = card.debts.filter((debt) => debt.status === 'open').length;
  const debts = card.debts.length <= mostRows ? card.debts.length : open;
  return {
    planned: card.planned.length,
    scriptSteps: card.script?.sections.length ?? 0,
    debts,
    below: [card.promises.length, card.plans.length, card.payments.length, card.writeOffs.length]
      .filter((rows) => rows > 0)
      .map((rows) => Math.min(rows, mostRows)),
  };
}
