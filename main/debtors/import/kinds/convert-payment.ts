import type { ImportFinding } from '#shared/contract/index.ts';
import { normalAccount, readAccounts } from '../../bank/index.ts';
import { orNull } from '../record-cells.ts';
import type { RawRecord } from '../record-reader.ts';
import {
  type KindConversion,
  type KindConverter,
  type KindOptions,
  nothingShown,
} from './convert-kinds.ts';
import { KindCells, Occurrences } from './kind-cells.ts';
import type { PaymentRecord } from './kind-records.ts';
import { readMethod } from './kind-words.ts';
import { paymentKey } from './source-key.ts';

/** Rows of payments. */
export class PaymentConverter implements KindConverter<PaymentRecord> {
  readonly #cells: KindCells;
  readonly #occurrences = new Occurrences();

  constructor({ mapping, thisYear }: KindOptions) {
    this.#cells = new KindCells(mapping, thisYear);
  }

  convert(raw: RawRecord): KindConversion<PaymentRecord> {
    const cells = this.#cells;
    const broken = cells.brokenForm(raw);
    if (broken !== null) return { kind: 'rejected', problems: [broken] };
    const problems: ImportFinding[] = [];
    const money = this.#money(raw, problems);
    const paidOn = cells.date(raw, 'paidOn', 'paid-date.unreadable', problems);
    if (cells.one(raw, 'paidOn') === '') problems.push('paid-date.missing');
    const whom = {
      debtRef: cells.one(raw, 'debtRef'),
      debtorRef: cells.one(raw, 'debtorRef'),
      reference: cells.one(raw, 'reference'),
    };
    const title = cells.all(raw, 'title').join(' ');
    const payer = orNull(cells.all(raw, 'payer').join(' '));
    const isNamed = Object.values(whom).some((reference) => reference !== '');
    if (!isNamed && title === '' && payer === null) problems.push('reference.missing');
    if (problems.length > 0 || money === null || paidOn === null) {
      return { kind: 'rejected', problems };
    }
    const accounts = cells.all(raw, 'account').map(normalAccount);
    const entry = {
      account: accounts[0] ?? null,
      bookedOn: paidOn,
      amountMinor: money.amountMinor,
      currency: money.currency,
      payer,
      payerAccount: orNull(normalAccount(cells.one(raw, 'payerAccount'))),
      title,
    };
    const reference = cells.one(raw, 'paymentRef');
    const sourceKey = paymentKey({ ...entry, reference }, Object.values(whom), this.#occurrences);
    return {
      kind: 'record',
      record: {
        ...whom,
        ...entry,
        sourceKey,
        accounts: [...new Set([...accounts, ...readAccounts(title)])],
        method: readMethod(cells.one(raw, 'method')),
      },
      shown: {
        ...nothingShown,
        displayName: payer,
        debtRef: orNull(whom.debtRef || whom.reference || whom.debtorRef),
        balance: { amountMinor: money.amountMinor, currency: money.currency },
        dueOn: paidOn,
        summary: orNull(title),
      },
      warnings: [],
    };
  }

  #money(raw: RawRecord, problems: ImportFinding[]) {
    const currency = this.#cells.currency(raw);
    const text = this.#cells.one(raw, 'amount');
    if (currency === null) problems.push('currency.unknown');
    if (text === '') problems.push('amount.missing');
    if (currency === null || text === '') return null;
    const money = this.#cells.money(text, currency);
    if (typeof money === 'string') problems.push(money);
    else if (money.isNegative) problems.push('amount.negative');
    else if (money.amountMinor === 0) problems.push('amount.zero');
    else return money;
    return null;
  }
}
