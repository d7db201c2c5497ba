import type { MessageField, MessageSettings } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { letterAccount } from '../../../debtors/documents/letter/letter-format.ts';
import type { LetterheadSetting } from '../../../debtors/documents/letterhead-setting.ts';
import { daysPastDue } from '../../../debtors/index.ts';
import { payLink } from '../../gateways/index.ts';
import { isWebAddress } from '../text/write-html.ts';
import type { DebtorFacts, MessageDebt, MessagePlan } from './load-facts.ts';
import { type MessageStyle, messageDate, messageMoney, withPlainSpaces } from './message-format.ts';
import { usualOptOutText } from './opt-out-texts.ts';

/** A field's value: how it is written, and what a condition compares. */
export interface FieldValue {
  text: string;
  /** minor units or a count; absent for texts, dates and links */
  number?: number;
}

/** All that values are made of; what is costly is read when a field asks for it. */
export interface FieldSources {
  facts: DebtorFacts;
  debts: readonly MessageDebt[];
  plan(): MessagePlan | null;
  promise(): { amountMinor: number; currency: string; dueOn: string } | null;
  firm: LetterheadSetting['letterhead'];
  settings: MessageSettings;
  agentName: string | null;
  documentLink: string | null;
  style: MessageStyle;
}

type Make = (sources: FieldSources) => FieldValue | null;

const text = (of: (sources: FieldSources) => string | null | undefined): Make => {
  return (sources) => textValue(of(sources));
};
const date = (of: (sources: FieldSources) => string | null | undefined): Make => {
  return (sources) => {
    const day = of(sources);
    return day ? { text: messageDate(day, sources.style) } : null;
  };
};
const sum = (of: (debt: MessageDebt) => number): Make => {
  return ({ debts, style }) => sumOf(debts, of, style);
};

const makers: Readonly<Record<MessageField, Make>> = {
  today: date(({ facts }) => facts.today),
  'firm.name': text(({ firm }) => firm.name),
  'firm.address': text(({ firm }) =>
    [firm.street, [firm.postalCode, firm.city].filter(Boolean).join(' ')]
      .filter(Boolean)
      .join(', '),
  ),
  'firm.phone': text(({ firm }) => firm.phone),
  'firm.email': text(({ firm }) => firm.email),
  'agent.name': text(({ agentName }) => agentName),
  'debtor.name': text(({ facts }) => facts.displayName),
  'debtor.givenName': text(({ facts }) => facts.givenName),
  'debtor.familyName': text(({ facts }) => facts.familyName),
  'debtor.reference': text(({ facts }) => facts.externalRef),
  'creditor.name': text(({ debts }) => distinct(debts.map((debt) => debt.creditorName))),
  'debt.reference': text(({ debts }) => distinct(debts.map((debt) => debt.externalRef))),
  'debt.count': ({ debts }) => countValue(debts.length),
  'debt.dueOn': date(({ debts }) => oldestDueOn(debts)),
  'debt.daysPastDue': ({ debts, facts }) =>
    countValue(daysPastDue(oldestDueOn(debts), facts.today)),
  'total.principal': sum((debt) => debt.principalMinor),
  'total.interest': (sources) =>
    // what cannot be counted is not said to be nothing
    sources.debts.some((debt) => !debt.interestKnown)
      ? null
      : sumOf(sources.debts, (debt) => debt.interestMinor, sources.style),
  'total.fees': sum((debt) => debt.feesMinor),
  'total.paid': sum((debt) => debt.paidMinor),
  'total.balance': sum((debt) => debt.balanceMinor),
  'account.toPay': text((sources) => {
    const account = accountToPay(sources) ?? sources.firm.bankAccount;
    return account ? withPlainSpaces(letterAccount(account), sources.style) : null;
  }),
  'account.bank': text((sources) =>
    accountToPay(sources) === null ? sources.firm.bankName : null,
  ),
  'account.title': text(({ facts }) => facts.externalRef),
  'plan.total': ({ plan, style }) => {
    const known = plan();
    return known && moneyValue(known.totalMinor, known.currency, style);
  },
  'plan.count': ({ plan }) => countValue(plan()?.count ?? null),
  'plan.nextAmount': ({ plan, style }) => {
    const known = plan();
    return known?.next ? moneyValue(known.next.amountMinor, known.currency, style) : null;
  },
  'plan.nextDueOn': date(({ plan }) => plan()?.next?.dueOn),
  'promise.amount': ({ promise, style }) => {
    const known = promise();
    return known && moneyValue(known.amountMinor, known.currency, style);
  },
  'promise.dueOn': date(({ promise }) => promise()?.dueOn),
  'payment.link': (sources) => linkValue(paymentLink(sources)),
  'document.link': ({ documentLink }) => linkValue(documentLink),
  optOut: text(
    ({ settings, style }) => settings.optOutText[style.language]?.trim() || usualOptOutText(style),
  ),
};

/** Values of one message, each made once. */
export function createValues(sources: FieldSources): (field: MessageField) => FieldValue | null {
  const known = new Map<MessageField, FieldValue | null>();
  return (field) => {
    const made = known.get(field);
    if (made !== undefined) return made;
    const value = makers[field](sources);
    known.set(field, value);
    return value;
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;

/** One line without anything that turns or hides what stands beside it, or reads like a field that was forgotten. */
function textValue(value: string | null | undefined): FieldValue | null {
  const clean = (value ?? '')
    .replaceAll(control, ' ')
    .replaceAll(/\{{2,}/g, '{')
    .replaceAll(/\}{2,}/g, '}')
    .trim();
  return clean === '' ? null : { text: clean };
}

function countValue(count: number | null): FieldValue | null {
  return count === null ? null : { text: String(count), number: count };
}

function moneyValue(minor: number, currency: string, style: MessageStyle): FieldValue {
  return { text: messageMoney(minor, currency, style), number: minor };
}

function linkValue(address: string | null): FieldValue | null {
  return address !== null && isWebAddress(address) ? { text: address } : null;
}

/** Sums of different currencies stand side by side, never added up; a condition asks for the largest. */
function sumOf(
  debts: readonly MessageDebt[],
  of: (debt: MessageDebt) => number,
  style: MessageStyle,
): FieldValue | null {
  if (debts.length === 0) return null;
  const sums = sumsOf(debts, of);
  const texts = [...sums].map(([currency, minor]) => messageMoney(minor, currency, style));
  return { text: texts.join(' + '), number: Math.max(...sums.values()) };
}

function sumsOf(debts: readonly MessageDebt[], of: (debt: MessageDebt) => number) {
  const sums = new Map<string, number>();
  for (const debt of debts) sums.set(debt.currency, (sums.get(debt.currency) ?? 0) + of(debt));
  return sums;
}

function distinct(values: readonly string[]): string {
  return [...new Set(values.filter((value) => value !== ''))].join(', ');
}

function oldestDueOn(debts: readonly MessageDebt[]): string | null {
  return debts.flatMap(({ dueOn }) => dueOn ?? []).sort()[0] ?? null;
}

/** Of the debts, when they have one and the same; else the debtor's own. */
function accountToPay({ debts, facts }: FieldSources): string | null {
  const accounts = new Set(debts.map((debt) => debt.accountToPay).filter(Boolean));
  const [account] = accounts;
  return accounts.size === 1 && account ? account : facts.accountToPay;
}

/**
 * Where this debtor pays; null: nowhere, or nothing, or several currencies at once. A link for several debts carries the
 * debtor's reference, since the money is for all of them.
 */
function paymentLink({ settings, debts, facts }: FieldSources): string | null {
  const sums = [...sumsOf(debts, (debt) => debt.balanceMinor)];
  const [only] = sums;
  if (settings.payLinkPattern === '' || only === undefined || sums.length > 1) return null;
  const [currency, amountMinor] = only;
  if (amountMinor <= 0) return null;
  const [debt] = debts;
  try {
    return payLink(settings.payLinkPattern, {
      debtReference: debts.length === 1 && debt ? debt.externalRef : facts.externalRef,
      debtorReference: facts.externalRef,
      amountMinor,
      amount: decimalAmount(amountMinor, currency),
      currency,
    });
  } catch (error) {
    // a pattern that was spoilt by hand offers no link
    if (error instanceof AppError && error.code === 'message.bad-pay-link') return null;
    throw error;
  }
}

const digitsOf = new Map<string, number>();

/** 128450 PLN → `1284.50` */
export function decimalAmount(minor: number, currency: string): string {
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    digitsOf.set(currency, digits);
  }
  const all = String(minor).padStart(digits + 1, '0');
  return digits === 0 ? all : `${all.slice(0, -digits)}.${all.slice(-digits)}`;
}
