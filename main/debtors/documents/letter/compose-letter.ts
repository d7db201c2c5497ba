import type {
  DocumentLanguage,
  LetterBody,
  LetterCondition,
  LetterField,
  Letterhead,
  LetterPart,
} from '#shared/contract/index.ts';
import type { LetterData, LetterDebt } from './letter-data.ts';
import {
  accountToPay,
  addressLines,
  type FieldValues,
  fieldValues,
  sumOf,
} from './letter-fields.ts';
import { letterAccount, letterMoney, shortDate } from './letter-format.ts';
import type { LetterBlock, LetterModel, TableColumn } from './letter-model.ts';
import { type LetterWords, letterWords } from './letter-words.ts';
import { isLetterField, placeholders } from './placeholders.ts';

export interface LetterParts {
  body: LetterBody;
  language: DocumentLanguage;
  letterhead: Letterhead;
  logo: LetterModel['logo'];
  agentName: string | null;
}

/** Printed where a field has no value, to be filled in by hand. */
const BLANK = '…………………';

/**
 * Fills in a template for one debtor.
 * @returns the letter, and the fields of its text that have no value (`total.interest` also when interest that has run
 *   cannot be counted)
 */
export function composeLetter(
  data: LetterData,
  parts: LetterParts,
): { letter: LetterModel; missing: LetterField[] } {
  const { body, language, letterhead, agentName } = parts;
  const context = { language, letterhead, agentName, deadlineDays: body.deadlineDays };
  const composer = new Composer(data, parts, fieldValues(data, context));
  const words = letterWords[language];
  const subject = composer.fill(body.subject);
  const blocks = body.parts.flatMap((part) => composer.block(part));
  const { debtor, date } = data;
  const isNorthAmerica = /^(US|CA)\b/.test(debtor.jurisdiction);
  const letter: LetterModel = {
    language,
    paper: isNorthAmerica ? 'LETTER' : 'A4',
    title: subject,
    author: letterhead.name,
    madeAt: Date.parse(`${date}T12:00:00Z`),
    head: headLines(letterhead, words),
    logo: parts.logo,
    recipient: [debtor.displayName, ...addressLines(debtor)],
    dateLine: [letterhead.city, composer.value('letter.date')].filter(Boolean).join(', '),
    referenceLine: `${words.reference}: ${debtor.externalRef}`,
    subject,
    blocks,
    footer: letterhead.footer.split('\n').filter((line) => line.trim() !== ''),
    pageLine: words.page,
  };
  return { letter, missing: composer.missing() };
}

function headLines(letterhead: Letterhead, words: LetterWords): string[] {
  const { name, phone, email, website, bankAccount, ids } = letterhead;
  const reach = [
    phone && `${words.phone}: ${phone}`,
    email && `${words.email}: ${email}`,
    website,
  ].filter(Boolean);
  return [
    name,
    addressLines(letterhead).join(', '),
    reach.join(' · '),
    ids.map(({ label, value }) => `${label}: ${value}`).join(' · '),
    bankAccount && `${words.account}: ${letterAccount(bankAccount)}`,
  ].filter((line) => line !== '');
}

class Composer {
  readonly #data: LetterData;
  readonly #parts: LetterParts;
  readonly #values: FieldValues;
  readonly #words: LetterWords;
  readonly #missing = new Set<LetterField>();

  constructor(data: LetterData, parts: LetterParts, values: FieldValues) {
    this.#data = data;
    this.#parts = parts;
    this.#values = values;
    this.#words = letterWords[parts.language];
    if (data.debts.some((debt) => !debt.interestKnown)) this.#missing.add('total.interest');
  }

  missing(): LetterField[] {
    return [...this.#missing].sort();
  }

  value(field: LetterField): string {
    return this.#values[field]?.text ?? '';
  }

  fill(text: string): string {
    return text.replaceAll(placeholders, (whole, name: string) => {
      if (!isLetterField(name)) return whole;
      const value = this.#values[name];
      if (value === null) this.#missing.add(name);
      return value?.text ?? BLANK;
    });
  }

  block(part: LetterPart): LetterBlock[] {
    if (part.when !== undefined && !this.#holds(part.when)) return [];
    switch (part.kind) {
      case 'text':
        return [{ kind: 'text', style: part.style, align: part.align, text: this.fill(part.text) }];
      case 'debts':
        return this.#debts(part);
      case 'instalments':
        return this.#instalments();
      case 'payments':
        return this.#payments();
      case 'payTo':
        return this.#payTo();
      case 'signature':
        return [{ kind: 'signature', text: this.fill(part.text) }];
      case 'space':
        return [{ kind: 'space', millimetres: part.millimetres }];
      case 'pageBreak':
        return [{ kind: 'pageBreak' }];
    }
  }

  #holds({ field, is, than = 0 }: LetterCondition): boolean {
    const value = this.#values[field];
    switch (is) {
      case 'present':
        return value !== null;
      case 'absent':
        return value === null;
      case 'more':
        return value?.number !== undefined && value.number > than;
      case 'less':
        return value?.number !== undefined && value.number < than;
    }
  }

  #debts({ columns, withTotal }: Extract<LetterPart, { kind: 'debts' }>): LetterBlock[] {
    const { debts } = this.#data;
    if (debts.length === 0) return [];
    const { language } = this.#parts;
    const titles = this.#words.columns;
    const heads: TableColumn[] = columns.map((column) => ({
      title: titles[column],
      align: isAmount(column) ? 'right' : 'left',
    }));
    const rows = debts.map((debt) => columns.map((column) => debtCell(debt, column, language)));
    return [
      { kind: 'table', columns: heads, rows, totals: withTotal ? this.#totals(columns) : [] },
    ];
  }

  /** One line for each currency. */
  #totals(columns: readonly DebtColumn[]): string[][] {
    const { debts } = this.#data;
    const currencies = [...new Set(debts.map((debt) => debt.currency))];
    return currencies.map((currency) => {
      const own = debts.filter((debt) => debt.currency === currency);
      return columns.map((column, at) => {
        const amount = amountOf(column);
        if (amount === null) return at === 0 ? this.#words.total : '';
        return sumOf(own, amount, this.#parts.language)?.text ?? '';
      });
    });
  }

  #instalments(): LetterBlock[] {
    const { plan } = this.#data;
    if (plan === null) {
      this.#missing.add('plan.total');
      return [];
    }
    const words = this.#words.instalments;
    const { language } = this.#parts;
    const columns: TableColumn[] = [
      { title: words.position, align: 'left' },
      { title: words.dueOn, align: 'left' },
      { title: words.amount, align: 'right' },
    ];
    const rows = plan.instalments.map(({ position, dueOn, amountMinor }) => [
      String(position),
      shortDate(dueOn, language),
      letterMoney(amountMinor, plan.currency, language),
    ]);
    const total = letterMoney(plan.totalMinor, plan.currency, language);
    return [{ kind: 'table', columns, rows, totals: [[this.#words.total, '', total]] }];
  }

  #payments(): LetterBlock[] {
    const { payments } = this.#data;
    if (payments.length === 0) return [];
    const words = this.#words.payments;
    const { language } = this.#parts;
    const columns: TableColumn[] = [
      { title: words.paidOn, align: 'left' },
      { title: words.method, align: 'left' },
      { title: words.reference, align: 'left' },
      { title: words.amount, align: 'right' },
    ];
    const rows = payments.map(({ paidOn, method, reference, amountMinor, currency }) => [
      shortDate(paidOn, language),
      this.#words.methods[method] ?? method,
      reference ?? '',
      letterMoney(amountMinor, currency, language),
    ]);
    return [{ kind: 'table', columns, rows, totals: [] }];
  }

  #payTo(): LetterBlock[] {
    const words = this.#words.payTo;
    const required = (field: LetterField): string => this.fill(`{{${field}}}`);
    const bank = accountToPay(this.#data) === null ? this.value('account.bank') : '';
    const rows: [string, string][] = [
      [words.amount, required('total.balance')],
      [words.recipient, required('firm.name')],
      [words.account, required('account.toPay')],
      [words.bank, bank],
      [words.title, required('account.title')],
      [words.deadline, required('letter.deadline')],
    ];
    return [{ kind: 'box', rows: rows.filter(([, value]) => value !== '') }];
  }
}

type DebtColumn = Extract<LetterPart, { kind: 'debts' }>['columns'][number];

const amounts: Readonly<Partial<Record<DebtColumn, (debt: LetterDebt) => number>>> = {
  principal: (debt) => debt.principalMinor,
  interest: (debt) => debt.interestMinor,
  fees: (debt) => debt.feesMinor,
  paid: (debt) => debt.paidMinor,
  balance: (debt) => debt.balanceMinor,
};

function amountOf(column: DebtColumn): ((debt: LetterDebt) => number) | null {
  return amounts[column] ?? null;
}

function isAmount(column: DebtColumn): boolean {
  return amountOf(column) !== null;
}

function debtCell(debt: LetterDebt, column: DebtColumn, language: DocumentLanguage): string {
  const amount = amountOf(column);
  if (amount !== null) return letterMoney(amount(debt), debt.currency, language);
  if (column === 'reference') return debt.externalRef;
  if (column === 'creditor') return debt.creditorName;
  const date = column === 'issuedOn' ? debt.issuedOn : debt.dueOn;
  return date === null ? '' : shortDate(date, language);
}
