import iconv from 'iconv-lite';
import type { PortfolioField } from '#shared/contract/index.ts';
import {
  type SampleDebt,
  type SampleDebtor,
  type SampleLanguage,
  type SampleOptions,
  sampleDebtors,
} from './sample-debtors.ts';

export type SampleEncoding = 'utf-8' | 'windows-1250' | 'windows-1251';

export interface SampleCsvOptions extends SampleOptions {
  encoding: SampleEncoding;
}

type Column = Exclude<PortfolioField, 'ignore'> | 'sample';

/** Written in every row, so that no one takes a row out of the file for a person. */
export const SAMPLE_LABEL = 'made up';

interface Dialect {
  delimiter: ',' | ';';
  decimal: ',' | '.';
  lineEnd: string;
  date(iso: string): string;
  columns: readonly (readonly [Column, string])[];
}

const dayFirst = (iso: string) => iso.split('-').reverse().join('.');

const polish: Dialect = {
  delimiter: ';',
  decimal: ',',
  lineEnd: '\r\n',
  date: dayFirst,
  columns: [
    ['debtorRef', 'Nr klienta'],
    ['familyName', 'Nazwisko'],
    ['givenName', 'Imię'],
    ['companyName', 'Nazwa firmy'],
    ['nationalId', 'PESEL'],
    ['taxId', 'NIP'],
    ['street', 'Ulica i numer'],
    ['postalCode', 'Kod pocztowy'],
    ['city', 'Miejscowość'],
    ['mobilePhone', 'Telefon komórkowy'],
    ['homePhone', 'Telefon domowy'],
    ['email', 'Adres e-mail'],
    ['debtRef', 'Nr umowy'],
    ['creditorName', 'Wierzyciel pierwotny'],
    ['debtKind', 'Rodzaj długu'],
    ['principal', 'Kapitał'],
    ['interest', 'Odsetki'],
    ['fees', 'Koszty'],
    ['balance', 'Kwota do zapłaty'],
    ['currency', 'Waluta'],
    ['dueOn', 'Termin płatności'],
    ['accountToPay', 'Numer rachunku'],
    ['note', 'Uwagi'],
    ['sample', 'sample'],
  ],
};

const russian: Dialect = {
  ...polish,
  columns: [
    ['debtorRef', 'Номер клиента'],
    ['fullName', 'ФИО должника'],
    ['companyName', 'Наименование организации'],
    ['birthDate', 'Дата рождения'],
    ['nationalId', 'ИНН'],
    ['postalCode', 'Индекс'],
    ['region', 'Регион'],
    ['city', 'Город'],
    ['street', 'Адрес'],
    ['mobilePhone', 'Мобильный телефон'],
    ['homePhone', 'Домашний телефон'],
    ['email', 'Эл. почта'],
    ['debtRef', 'Номер договора'],
    ['creditorName', 'Кредитор'],
    ['debtKind', 'Вид долга'],
    ['principal', 'Основной долг'],
    ['interest', 'Проценты'],
    ['fees', 'Пени и штрафы'],
    ['balance', 'Сумма долга'],
    ['currency', 'Валюта'],
    ['dueOn', 'Срок оплаты'],
    ['note', 'Примечание'],
    ['sample', 'sample'],
  ],
};

const english: Dialect = {
  delimiter: ',',
  decimal: '.',
  lineEnd: '\r\n',
  date: (iso) => iso,
  columns: [
    ['debtorRef', 'Customer number'],
    ['fullName', 'Full name'],
    ['companyName', 'Company name'],
    ['birthDate', 'Date of birth'],
    ['nationalId', 'National ID'],
    ['taxId', 'Tax ID'],
    ['language', 'Language'],
    ['street', 'Address'],
    ['city', 'City'],
    ['region', 'State'],
    ['postalCode', 'Postcode'],
    ['country', 'Country'],
    ['mobilePhone', 'Mobile phone'],
    ['homePhone', 'Home phone'],
    ['email', 'Email'],
    ['debtRef', 'Account number'],
    ['creditorName', 'Original creditor'],
    ['debtKind', 'Debt type'],
    ['principal', 'Principal'],
    ['interest', 'Interest'],
    ['fees', 'Fees'],
    ['balance', 'Outstanding balance'],
    ['currency', 'Currency'],
    ['dueOn', 'Due date'],
    ['accountToPay', 'Account to pay'],
    ['note', 'Notes'],
    ['sample', 'sample'],
  ],
};

const dialects: Readonly<Record<SampleLanguage, Dialect>> = {
  pl: polish,
  ru: russian,
  en: english,
  mixed: english,
};

/**
 * A portfolio as a creditor would send it: one row for each debt, in the manner of the language's spreadsheets.
 * @param limit how many rows, or how many debtors
 * @returns encoded pieces of the file, each some hundred rows
 */
export function* sampleCsv(
  options: SampleCsvOptions,
  limit: { rows: number } | { debtors: number },
): Generator<Buffer> {
  const dialect = dialects[options.language];
  let piece = lineOf(
    dialect,
    dialect.columns.map(([, header]) => header),
  );
  let rows = 0;
  let debtors = 0;
  const isFull = () => ('rows' in limit ? rows >= limit.rows : debtors >= limit.debtors);
  for (const debtor of sampleDebtors(options)) {
    if (isFull()) break;
    for (const debt of debtor.debts) {
      if ('rows' in limit && isFull()) break;
      piece += rowOf(dialect, debtor, debt);
      rows += 1;
    }
    debtors += 1;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield iconv.encode(piece, options.encoding);
    piece = '';
  }
  yield iconv.encode(piece, options.encoding);
}

const PIECE_CHARACTERS = 64 * 1024;

function rowOf(dialect: Dialect, debtor: SampleDebtor, debt: SampleDebt): string {
  return lineOf(
    dialect,
    dialect.columns.map(([column]) => cellOf(dialect, column, debtor, debt)),
  );
}

function lineOf(dialect: Dialect, cells: readonly string[]): string {
  const { delimiter, lineEnd } = dialect;
  const written = cells.map((cell) =>
    cell.includes('"') || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell,
  );
  return written.join(delimiter) + lineEnd;
}

function cellOf(dialect: Dialect, column: Column, debtor: SampleDebtor, debt: SampleDebt): string {
  switch (column) {
    case 'sample':
      return SAMPLE_LABEL;
    case 'fullName':
      return debtor.language !== 'ru'
        ? `${debtor.givenName} ${debtor.familyName}`.trim()
        : `${debtor.familyName} ${debtor.givenName}`.trim();
    case 'birthDate':
      return debtor.birthDate === '' ? '' : dialect.date(debtor.birthDate);
    case 'nationalId':
      // Russian files give one column for both
      return dialect === russian ? debtor.nationalId || debtor.taxId : debtor.nationalId;
    case 'mobilePhone':
      return debtor.mobilePhones.join(', ');
    case 'principal':
    case 'interest':
    case 'fees':
    case 'balance':
      return money(debt[`${column}Minor`], dialect.decimal);
    case 'dueOn':
      return dialect.date(debt.dueOn);
    case 'debtRef':
    case 'creditorName':
    case 'debtKind':
    case 'currency':
    case 'accountToPay':
      return debt[column];
    case 'workPhone':
    case 'phone':
      return '';
    default:
      return debtor[column];
  }
}

/** With a space between thousands where the comma is decimal, as spreadsheets write it. */
function money(minor: number, decimal: ',' | '.'): string {
  const whole = String(Math.floor(minor / 100));
  const grouped = decimal === ',' ? whole.replace(/\B(?=(\d{3})+$)/g, ' ') : whole;
  return `${grouped}${decimal}${String(minor % 100).padStart(2, '0')}`;
}
