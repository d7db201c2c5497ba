import type { ImportFinding } from '#shared/contract/index.ts';
import { normalAccount, readAccounts, type StatementEntry } from '../../bank/index.ts';
import { orNull } from '../record-cells.ts';
import type { RawRecord } from '../record-reader.ts';
import {
  type KindConversion,
  type KindConverter,
  type KindOptions,
  nothingShown,
  type ShownRecord,
} from './convert-kinds.ts';
import { KindCells, Occurrences, type ReadMoney } from './kind-cells.ts';
import type { EntryRecord } from './kind-records.ts';
import { entryKey, type KeyedEntry } from './source-key.ts';

/** Rows of a bank's CSV, and entries of its MT940. */
export class EntryConverter implements KindConverter<EntryRecord> {
  readonly #cells: KindCells;
  readonly #occurrences = new Occurrences();

  constructor({ mapping, thisYear }: KindOptions) {
    this.#cells = new KindCells(mapping, thisYear);
  }

  convert(raw: RawRecord): KindConversion<EntryRecord> {
    const cells = this.#cells;
    const broken = cells.brokenForm(raw);
    if (broken !== null) return { kind: 'rejected', problems: [broken] };
    const problems: ImportFinding[] = [];
    const money = this.#money(raw, problems);
    const bookedOn = cells.date(raw, 'paidOn', 'paid-date.unreadable', problems);
    if (cells.one(raw, 'paidOn') === '') problems.push('paid-date.missing');
    if (problems.length > 0 || money === null || bookedOn === null) {
      return { kind: 'rejected', problems };
    }
    const accounts = cells.all(raw, 'account').map(normalAccount);
    return this.#keyed(
      {
        account: accounts[0] ?? null,
        bookedOn,
        amountMinor: money.amountMinor,
        currency: money.currency,
        reference: cells.one(raw, 'paymentRef'),
        payerAccount: orNull(normalAccount(cells.one(raw, 'payerAccount'))),
        payer: orNull(cells.all(raw, 'payer').join(' ')),
        title: cells.all(raw, 'title').join(' '),
      },
      accounts,
      money.isNegative,
    );
  }

  /** @param isShared several people paid to the account of the statement, so that it names nobody */
  convertStatement(entry: StatementEntry, isShared: boolean): KindConversion<EntryRecord> {
    const { account, direction, isReversal, bankReference, ...told } = entry;
    const accounts = isShared ? [...told.accounts] : [account, ...told.accounts];
    return this.#keyed(
      { ...told, account: orNull(account), reference: bankReference },
      accounts.filter(Boolean),
      direction === 'debit' || isReversal,
    );
  }

  #keyed(
    entry: KeyedEntry,
    accounts: readonly string[],
    isDebit: boolean,
  ): KindConversion<EntryRecord> {
    const { account, bookedOn, amountMinor, currency, payer, payerAccount, title } = entry;
    const shown: ShownRecord = {
      ...nothingShown,
      displayName: payer,
      balance: { amountMinor: isDebit ? -amountMinor : amountMinor, currency },
      dueOn: bookedOn,
      summary: orNull(title),
    };
    if (isDebit) return { kind: 'ignored', shown };
    if (amountMinor === 0) return { kind: 'rejected', problems: ['amount.zero'] };
    return {
      kind: 'record',
      record: {
        sourceKey: entryKey(entry, this.#occurrences),
        account,
        bookedOn,
        amountMinor,
        currency,
        payer,
        payerAccount,
        title,
        accounts: [...new Set([...accounts, ...readAccounts(title)])],
      },
      shown,
      warnings: [],
    };
  }

  /** One column with signs, or one for each direction, of which a row fills one. */
  #money(raw: RawRecord, problems: ImportFinding[]): ReadMoney | null {
    const currency = this.#cells.currency(raw);
    if (currency === null) {
      problems.push('currency.unknown');
      return null;
    }
    const texts = {
      amount: this.#cells.one(raw, 'amount'),
      credit: this.#cells.one(raw, 'creditAmount'),
      debit: this.#cells.one(raw, 'debitAmount'),
    };
    const read = (text: string) => (text === '' ? null : this.#cells.money(text, currency));
    const credit = read(texts.credit);
    const debit = read(texts.debit);
    const found = [read(texts.amount), credit, debit].filter((money) => money !== null);
    const problem = found.find((money) => typeof money === 'string');
    if (problem !== undefined) {
      problems.push(problem);
      return null;
    }
    if (isMoney(debit) && debit.amountMinor !== 0) return { ...debit, isNegative: true };
    const money = found.filter(isMoney).find(({ amountMinor }) => amountMinor !== 0) ?? found[0];
    if (isMoney(money)) return money;
    problems.push('amount.missing');
    return null;
  }
}

function isMoney(money: ReadMoney | string | null | undefined): money is ReadMoney {
  return typeof money === 'object' && money !== null;
}
