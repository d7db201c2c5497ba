import { bookPayment, seededRandom, workWrites } from '../debtors/writes.ts';
import type { WriteContext, WriteDb } from '../store/index.ts';
import type { DemoDebtor } from './demo-history.ts';

const DAY_MS = 86_400_000;
/** as the past that it belongs to */
const DAYS_AGO = 9;
const TEN_PERCENT_PPM = 100_000;

/** The one who answers for a loan; made up, as everybody in the demo. */
const GUARANTORS: Readonly<Record<string, string>> = {
  pl: 'Zofia Zmyślona',
  ru: 'Вера Придуманная',
  en: 'Mary Madeup',
};

/**
 * Gives the made-up debtors something to see on their cards: interest, payments, plans, guarantors, consents. Older than a
 * week, the same for the same debtors, and once: what was done to a debtor before stays as it is.
 */
export function writeDemoWork(
  db: WriteDb,
  context: WriteContext,
  input: { debtors: readonly DemoDebtor[]; personId: string | null },
): void {
  const random = seededRandom(20_27);
  const then = { ...context, now: context.now - DAYS_AGO * DAY_MS };
  const chunk = db.beginChunk('demo work');
  for (const debtor of input.debtors) {
    const [interest, pays, plans, answers, consents] = [0.5, 0.3, 0.15, 0.15, 0.3].map((part) =>
      random.chance(part),
    );
    const share = random.between(5, 30);
    if (isWorkedOn(db, debtor.debtorId)) continue;
    const work: DemoWork = { db, context: then, debtor, personId: input.personId };
    if (interest) addInterest(work);
    if (pays) addPayment(work, share);
    else if (plans) addPlan(work, random.between(3, 8));
    if (answers) addGuarantor(work);
    if (consents) addConsent(work);
  }
  chunk.end();
}

interface DemoWork {
  db: WriteDb;
  context: WriteContext;
  debtor: DemoDebtor;
  personId: string | null;
}

function isWorkedOn(db: WriteDb, debtorId: string): boolean {
  return (
    db.get(
      "SELECT 1 FROM interaction WHERE debtorId = ? AND channel = 'status' LIMIT 1",
      debtorId,
    ) !== undefined ||
    db.get('SELECT 1 FROM payment WHERE debtorId = ? LIMIT 1', debtorId) !== undefined
  );
}

/** An agreed rate, and the statutory one where the debt is old enough for the known rates to show their end. */
function addInterest({ db, context, debtor }: DemoWork): void {
  const from = new Date(context.now - 60 * DAY_MS).toISOString().slice(0, 10);
  const isStatutory = debtor.language === 'pl' && debtor.debtId.charCodeAt(35) % 3 === 0;
  db.update('debt', debtor.debtId, {
    interestKind: isStatutory ? 'statutory' : 'agreed',
    interestRatePpm: isStatutory ? null : TEN_PERCENT_PPM,
    interestFrom: from,
  });
}

function addPayment({ db, context, debtor, personId }: DemoWork, percent: number): void {
  const amountMinor = Math.round((debtor.balanceMinor * percent) / 10_000) * 100;
  if (amountMinor <= 0) return;
  const { debtorId, currency } = debtor;
  const paidOn = new Date(context.now - percent * DAY_MS).toISOString().slice(0, 10);
  const source = { source: 'manual', method: 'transfer' } as const;
  bookPayment(db, context, { debtorId, amountMinor, currency, paidOn, ...source, personId });
}

function addPlan({ db, context, debtor, personId }: DemoWork, count: number): void {
  if (debtor.balanceMinor < count * 2_000) return;
  const firstOn = new Date(context.now + (DAYS_AGO + 5) * DAY_MS).toISOString().slice(0, 10);
  workWrites['plan.create'](db, context, {
    debtorId: debtor.debtorId,
    debtIds: [debtor.debtId],
    currency: debtor.currency,
    totalMinor: debtor.balanceMinor,
    parts: { kind: 'equal', count, firstOn, every: 'month' },
    personId,
  });
}

function addGuarantor({ db, context, debtor, personId }: DemoWork): void {
  const name = GUARANTORS[debtor.language] ?? GUARANTORS.en ?? '';
  workWrites['relation.save'](db, context, {
    ...{ debtorId: debtor.debtorId, kind: 'guarantor', name, maySpeak: true, personId },
  });
}

function addConsent({ db, context, debtor, personId }: DemoWork): void {
  const consent = { kind: 'electronicMessages', channel: 'sms', source: 'call' } as const;
  workWrites['consent.record'](db, context, {
    ...{ debtorId: debtor.debtorId, ...consent, personId },
  });
}
