import type {
  ImportField,
  ImportFinding,
  ImportMapping,
  ImportMergeKey,
} from '#shared/contract/index.ts';
import type { ContactPointKind, StoreKind } from '#shared/domain/index.ts';
import type { ContactPointInput, DebtInput, DebtorInput } from '../writes/upsert-debtor.ts';
import { balanced } from './balance-parts.ts';
import { checksNationalIds, readNationalId, readTaxId } from './national-ids.ts';
import { readAccount } from './read-account.ts';
import { readAmount, readCurrency } from './read-amount.ts';
import { readDate } from './read-date.ts';
import { type ReadName, readName } from './read-name.ts';
import { type PhoneProblem, type ReadPhone, readPhones } from './read-phones.ts';
import {
  jurisdictionOf,
  languageOfCountry,
  readCountry,
  readLanguage,
  zonesOfJurisdiction,
} from './read-place.ts';
import { cleanCell, DAMAGED, digest, filled, orNull } from './record-cells.ts';
import type { RawRecord } from './record-reader.ts';

/** One record as it will be stored. */
export interface ImportedRecord {
  line: number;
  debtor: Omit<DebtorInput, 'portfolioId' | 'importJobId' | 'synthetic'>;
  debt: Omit<DebtInput, 'debtorId' | 'portfolioId' | 'importJobId'>;
  contactPoints: Omit<ContactPointInput, 'debtorId' | 'importJobId'>[];
  note: string | null;
}

export interface Conversion {
  /** null: it cannot be stored, `problems` says why */
  record: ImportedRecord | null;
  problems: ImportFinding[];
  warnings: ImportFinding[];
}

export interface ConversionOptions {
  mapping: ImportMapping;
  storeKind: StoreKind;
  /** for rows that name no creditor */
  creditorName: string;
  /** the year of two-digit dates is near it */
  thisYear: number;
  /** absent: auto */
  mergeBy?: ImportMergeKey;
}

const PHONE_COLUMNS: Readonly<Partial<Record<ImportField, ContactPointKind | undefined>>> = {
  phone: undefined,
  mobilePhone: 'mobile',
  homePhone: 'home',
  workPhone: 'work',
};

/** Turns records of one file into rows of the store. Pure, and never throws. */
export class RecordConverter {
  readonly #options: ConversionOptions;
  readonly #columns: ReadonlyMap<ImportField, readonly number[]>;

  constructor(options: ConversionOptions) {
    this.#options = options;
    const columns = new Map<ImportField, number[]>();
    options.mapping.columns.forEach((field, index) => {
      columns.set(field, [...(columns.get(field) ?? []), index]);
    });
    this.#columns = columns;
  }

  convert(raw: RawRecord): Conversion {
    const broken = this.#brokenForm(raw);
    if (broken !== null) return { record: null, problems: [broken], warnings: [] };
    const found = new Findings();
    const cell = (field: ImportField) => this.#cell(raw, field);
    const name = this.#name(cell, found);
    const country = this.#country(cell, found);
    const phones = this.#phones(raw, country, found);
    const place = this.#place(cell, country, phones[0]?.country ?? null, found);
    const money = this.#money(raw, cell, found);
    const dueOn = this.#date(cell('dueOn'), 'due-date.unreadable', found.problems);
    const ids = this.#ids(cell, place.country, name, found);
    if (found.problems.length > 0 || name === null || money === null) {
      return { record: null, ...found.lists() };
    }
    const addresses = this.#emails(raw, found);
    const debtorRef = this.#debtorRef(cell, name, ids, phones[0]?.value);
    const debtor = {
      externalRef: debtorRef,
      ...name,
      ...filled({ birthDate: this.#birthDate(cell, found), ...ids }),
      language: this.#language(cell, place.country, found),
      ...place,
      ...filled({
        street: cell('street'),
        postalCode: cell('postalCode'),
        city: cell('city'),
      }),
    };
    const debt = {
      externalRef: cell('debtRef') || this.#debtKey(debtorRef, cell, money, dueOn),
      creditorName: cell('creditorName') || this.#options.creditorName,
      debtKind: cell('debtKind'),
      ...money,
      ...filled({ dueOn, accountToPay: this.#account(cell, found) }),
    };
    const contactPoints = [
      ...phones.map(({ country: _country, ...phone }) => phone),
      ...addresses,
    ].map((point, rank) => ({ ...point, rank }));
    const note = this.#all(raw, 'note').join('\n');
    return {
      record: { line: raw.line, debtor, debt, contactPoints, note: orNull(note) },
      ...found.lists(),
    };
  }

  #brokenForm(raw: RawRecord): ImportFinding | null {
    const { columns } = this.#options.mapping;
    if (raw.problem !== null) return raw.problem;
    const surplus = raw.fields.slice(columns.length);
    if (raw.fields.length < columns.length) {
      return raw.hasLineEnd ? 'record.columns' : 'record.truncated';
    }
    if (surplus.some((field) => field.trim() !== '')) return 'record.columns';
    // half a character, or bytes that are no text: a name would be stored damaged
    const isUsed = (_field: string, index: number) => columns[index] !== 'ignore';
    return raw.fields.filter(isUsed).some((field) => DAMAGED.test(field))
      ? 'record.damaged-text'
      : null;
  }

  #cell(raw: RawRecord, field: ImportField): string {
    const index = this.#columns.get(field)?.[0];
    return index === undefined ? '' : cleanCell(raw.fields[index]);
  }

  /** Filled cells of every column of a field. */
  #all(raw: RawRecord, field: ImportField): string[] {
    const indexes = this.#columns.get(field) ?? [];
    return indexes.map((index) => cleanCell(raw.fields[index])).filter((cell) => cell !== '');
  }

  #name(cell: CellOf, found: Findings): ReadName | null {
    const name = readName({
      fullName: cell('fullName'),
      givenName: cell('givenName'),
      familyName: cell('familyName'),
      companyName: cell('companyName'),
    });
    // a name of signs alone is no name
    if (name === null || !/[\p{L}\p{N}]/u.test(name.displayName)) {
      found.problems.push('name.missing');
      return null;
    }
    return name;
  }

  /** Null when the record does not say: the number or the mapping decides then. */
  #country(cell: CellOf, found: Findings): string | null {
    const given = cell('country');
    if (given === '') return null;
    const country = readCountry(given);
    if (country === null) found.warnings.push('country.unknown');
    return country;
  }

  #phones(raw: RawRecord, country: string | null, found: Findings): ReadPhone[] {
    const { mapping, storeKind } = this.#options;
    const phones = new Map<string, ReadPhone>();
    const problems: PhoneProblem[] = [];
    for (const [field, kind] of Object.entries(PHONE_COLUMNS)) {
      for (const cell of this.#all(raw, field as ImportField)) {
        const read = readPhones(cell, country ?? mapping.defaultCountry, storeKind, kind);
        for (const phone of read.phones)
          if (!phones.has(phone.value)) phones.set(phone.value, phone);
        problems.push(...read.problems);
      }
    }
    const codes = [...new Set(problems)];
    if (phones.size === 0 && codes.length > 0) found.problems.push(...codes);
    else if (phones.size === 0) found.warnings.push('phone.missing');
    else found.warnings.push(...codes);
    return [...phones.values()];
  }

  #place(cell: CellOf, given: string | null, ofNumber: string | null, found: Findings) {
    const { mapping } = this.#options;
    const country = given ?? (cell('country') === '' ? ofNumber : null) ?? mapping.defaultCountry;
    const cells = { region: cell('region'), city: cell('city'), postalCode: cell('postalCode') };
    const { jurisdiction, unknownRegion } = jurisdictionOf(country, cells);
    if (unknownRegion) found.warnings.push('region.unknown');
    return { country, jurisdiction, timeZones: zonesOfJurisdiction(jurisdiction) };
  }

  #money(raw: RawRecord, cell: CellOf, found: Findings) {
    const { mapping } = this.#options;
    const named = cell('currency');
    const ofColumn = named === '' ? null : readCurrency(named);
    if (named !== '' && ofColumn === null) found.problems.push('currency.unknown');
    const currencies = new Set<string>(ofColumn === null ? [] : [ofColumn]);
    const read = (text: string): number => {
      const amount = readAmount(
        text,
        mapping.decimalSeparator,
        ofColumn ?? mapping.defaultCurrency,
      );
      if (!amount.ok) {
        if (!found.problems.includes(amount.problem)) found.problems.push(amount.problem);
        return 0;
      }
      if (amount.currency !== null) currencies.add(amount.currency);
      return amount.amountMinor;
    };
    const one = (field: ImportField) => (cell(field) === '' ? null : read(cell(field)));
    const sum = (field: ImportField) =>
      this.#all(raw, field).reduce((total, text) => total + read(text), 0);
    const parts = {
      principal: one('principal'),
      interest: sum('interest'),
      fees: sum('fees'),
      balance: one('balance'),
    };
    if (parts.principal === null && parts.balance === null) {
      if (!found.problems.some((problem) => problem.startsWith('amount.'))) {
        found.problems.push('amount.missing');
      }
      return null;
    }
    if (currencies.size > 1) {
      found.problems.push('currency.unknown');
      return null;
    }
    const currency = [...currencies][0] ?? mapping.defaultCurrency;
    return { currency, ...balanced(parts, () => found.warnings.push('amount.sum-differs')) };
  }

  #date(text: string, problem: ImportFinding, list: ImportFinding[]): string | null {
    if (text === '') return null;
    const date = readDate(text, this.#options.mapping.dateOrder, this.#options.thisYear);
    if (date === null) list.push(problem);
    return date;
  }

  #birthDate(cell: CellOf, found: Findings): string | null {
    const { thisYear } = this.#options;
    const date = this.#date(cell('birthDate'), 'birth-date.unreadable', found.warnings);
    if (date === null || Number(date.slice(0, 4)) <= thisYear) return date;
    // two digits of a year that would lie ahead are of the century before
    const isShort = !/\d{4}/.test(cell('birthDate'));
    if (isShort) return `${Number(date.slice(0, 4)) - 100}${date.slice(4)}`;
    found.warnings.push('birth-date.unreadable');
    return null;
  }

  /** A number with a wrong check digit is left out with a warning: it would point to somebody else. */
  #ids(cell: CellOf, country: string, name: ReadName | null, found: Findings) {
    const isCompany = name?.kind === 'company';
    let nationalId = cell('nationalId');
    let taxId = cell('taxId');
    // Russian files have one column for both
    if (isCompany && taxId === '' && nationalId !== '' && country === 'RU') {
      taxId = nationalId;
      nationalId = '';
    }
    const national = nationalId === '' ? null : readNationalId(nationalId, country);
    if (nationalId !== '' && national === null && checksNationalIds(country)) {
      found.warnings.push('national-id.wrong');
    }
    const tax = taxId === '' ? null : readTaxId(taxId, country);
    if (taxId !== '' && tax === null) found.warnings.push('tax-id.wrong');
    const asGiven = checksNationalIds(country) ? null : orNull(nationalId);
    return {
      nationalIdKind: national?.kind ?? (asGiven === null ? null : 'other'),
      nationalId: national?.value ?? asGiven,
      taxId: tax,
    };
  }

  #language(cell: CellOf, country: string, found: Findings): string {
    const given = cell('language');
    const language = given === '' ? null : readLanguage(given);
    if (given !== '' && language === null) found.warnings.push('language.unknown');
    return language ?? languageOfCountry(country);
  }

  #emails(raw: RawRecord, found: Findings): Omit<ContactPointInput, 'debtorId'>[] {
    const addresses = new Set<string>();
    for (const part of this.#all(raw, 'email').flatMap((cell) => cell.split(/[,;\s|]+/))) {
      if (part === '') continue;
      if (/^[^\s@"<>]{1,64}@[^\s@"<>]+\.[^\s@"<>.]{2,}$/.test(part))
        addresses.add(part.toLowerCase());
      else if (!found.warnings.includes('email.unreadable'))
        found.warnings.push('email.unreadable');
    }
    return [...addresses].map((value) => ({ kind: 'email', value, timeZones: [] }));
  }

  #account(cell: CellOf, found: Findings): string | null {
    const given = cell('accountToPay');
    const account = given === '' ? null : readAccount(given);
    if (given !== '' && account === null) found.warnings.push('account.wrong');
    return account;
  }

  /**
   * What makes rows one debtor: what was chosen, where the row has it; else the creditor's reference; else what tells
   * people apart best.
   */
  #debtorRef(
    cell: CellOf,
    name: ReadName,
    ids: { nationalId: string | null; taxId: string | null },
    phone: string | undefined,
  ): string {
    const chosen = chosenKey(this.#options.mergeBy ?? 'auto', cell, name, { ...ids, phone });
    // the parts are sensitive, and references are shown
    if (chosen !== null) return `~${digest(...chosen)}`;
    if (cell('debtorRef') !== '') return cell('debtorRef');
    const id = ids.nationalId ?? ids.taxId;
    if (id !== null) return `~${digest(id)}`;
    const rest =
      phone ?? [cell('birthDate'), cell('postalCode'), cell('street'), cell('city')].join('|');
    return `~${digest(name.displayName.toLowerCase(), rest)}`;
  }

  #debtKey(
    debtorRef: string,
    cell: CellOf,
    money: { principalMinor: number; currency: string },
    dueOn: string | null,
  ): string {
    const parts = [debtorRef, cell('creditorName'), cell('debtKind'), dueOn ?? '', money.currency];
    return `~${digest(...parts, String(money.principalMinor))}`;
  }
}

type CellOf = (field: ImportField) => string;

/**
 * The parts of the key that was chosen; null when the row lacks one of them, or nothing was chosen. A national id alone
 * says who is meant; a name, a birth date or a place never does without the others.
 */
function chosenKey(
  mergeBy: ImportMergeKey,
  cell: CellOf,
  name: ReadName,
  ids: { nationalId: string | null; taxId: string | null; phone: string | undefined },
): string[] | null {
  const shownName = name.displayName.toLowerCase();
  const parts: (string | null)[] = {
    auto: [null],
    debtorRef: [null],
    nationalId: [ids.nationalId],
    taxId: [ids.taxId],
    nameAndBirthDate: [shownName, orNull(cell('birthDate'))],
    nameAndAddress: [shownName, orNull(cell('postalCode') || cell('city')), orNull(cell('street'))],
    phone: [ids.phone ?? null],
  }[mergeBy];
  const known = parts.filter((part): part is string => part !== null);
  return known.length === parts.length ? known : null;
}

class Findings {
  readonly problems: ImportFinding[] = [];
  readonly warnings: ImportFinding[] = [];

  lists(): { problems: ImportFinding[]; warnings: ImportFinding[] } {
    return { problems: this.problems, warnings: this.warnings };
  }
}
