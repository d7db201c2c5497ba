import type { DocumentLanguage, LetterField, Letterhead } from '#shared/contract/index.ts';
import type { LetterData, LetterDebt } from './letter-data.ts';
import { letterAccount, letterDate, letterMoney } from './letter-format.ts';
import { letterWords } from './letter-words.ts';

/** A field's value: how it is written, and what a condition compares. */
export interface FieldValue {
  text: string;
  /** minor units or a count; absent for texts and dates */
  number?: number;
}
export type FieldValues = Readonly<Record<LetterField, FieldValue | null>>;

export interface FieldContext {
  language: DocumentLanguage;
  letterhead: Letterhead;
  agentName: string | null;
  deadlineDays: number;
}

const DAY_MS = 86_400_000;

/** The value of every field; null where this debtor has none. */
export function fieldValues(data: LetterData, context: FieldContext): FieldValues {
  const { language, letterhead: firm } = context;
  const { debtor, debts, plan, payment } = data;
  const text = (value: string | null | undefined): FieldValue | null =>
    value ? { text: value } : null;
  const day = (value: string | null | undefined): FieldValue | null =>
    value ? { text: letterDate(value, language) } : null;
  const sum = (of: (debt: LetterDebt) => number) => sumOf(debts, of, language);
  const account = accountToPay(data) ?? firm.bankAccount;
  const dates = (plan?.instalments ?? []).map((instalment) => instalment.dueOn).sort();
  return {
    'letter.date': day(data.date),
    'letter.reference': text(debtor.externalRef),
    'letter.deadline': day(deadlineOf(data.date, context.deadlineDays)),
    'firm.name': text(firm.name),
    'firm.address': text(addressLines(firm).join(', ')),
    'firm.phone': text(firm.phone),
    'firm.email': text(firm.email),
    'debtor.name': text(debtor.displayName),
    'debtor.address': text(addressLines(debtor).join(', ')),
    'debtor.reference': text(debtor.externalRef),
    'debtor.taxId': text(debtor.taxId),
    'creditor.name': text(
      [...new Set(debts.map((debt) => debt.creditorName).filter(Boolean))].join(', '),
    ),
    'total.principal': sum((debt) => debt.principalMinor),
    'total.interest': sum((debt) => debt.interestMinor),
    'total.fees': sum((debt) => debt.feesMinor),
    'total.paid': sum((debt) => debt.paidMinor),
    'total.balance': sum((debt) => debt.balanceMinor),
    'account.toPay': text(account && letterAccount(account)),
    'account.bank': text(firm.bankName),
    'account.title': text(debtor.externalRef),
    'plan.total': plan && money(plan.totalMinor, plan.currency, language),
    'plan.count': plan && {
      text: String(plan.instalments.length),
      number: plan.instalments.length,
    },
    'plan.firstDueOn': day(dates.at(0)),
    'plan.lastDueOn': day(dates.at(-1)),
    'payment.amount': payment && money(payment.amountMinor, payment.currency, language),
    'payment.paidOn': day(payment?.paidOn),
    'payment.method': text(
      payment && (letterWords[language].methods[payment.method] ?? payment.method),
    ),
    'payment.reference': text(payment?.reference),
    'agent.name': text(context.agentName),
  };
}

/** Street; postal code and city; country only where it is not the firm's business to guess. */
export function addressLines(place: {
  street: string | null;
  postalCode: string | null;
  city: string | null;
}): string[] {
  const town = [place.postalCode, place.city].filter(Boolean).join(' ');
  return [place.street ?? '', town].filter((line) => line.trim() !== '');
}

/** Of the debts, when they have one and the same; else the debtor's own. */
export function accountToPay({ debts, debtor }: LetterData): string | null {
  const accounts = new Set(debts.map((debt) => debt.accountToPay).filter(Boolean));
  const [account] = accounts;
  return accounts.size === 1 && account ? account : debtor.accountToPay;
}

/** Sums of different currencies stand side by side, never added up. */
export function sumOf(
  debts: readonly LetterDebt[],
  of: (debt: LetterDebt) => number,
  language: DocumentLanguage,
): FieldValue | null {
  if (debts.length === 0) return null;
  const sums = new Map<string, number>();
  for (const debt of debts) sums.set(debt.currency, (sums.get(debt.currency) ?? 0) + of(debt));
  const texts = [...sums].map(([currency, minor]) => letterMoney(minor, currency, language));
  // a condition on a sum asks for the largest one
  return { text: texts.join(' + '), number: Math.max(...sums.values()) };
}

function money(minor: number, currency: string, language: DocumentLanguage): FieldValue {
  return { text: letterMoney(minor, currency, language), number: minor };
}

function deadlineOf(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
