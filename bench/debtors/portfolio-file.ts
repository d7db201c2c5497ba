import { closeSync, openSync, writeSync } from 'node:fs';
import { practiceNumberAt } from '../../main/contact-rules/index.ts';
import {
  type SampleDebt,
  type SampleDebtor,
  sampleDebtors,
} from '../../main/debtors/sample/sample-debtors.ts';
import { type SeededRandom, seededRandom } from '../../main/debtors/sample/seeded-random.ts';

export interface WrittenPortfolio {
  rows: number;
  /** debtors with at least one good row */
  debtors: number;
  /** good rows: one debt each */
  debts: number;
  badRows: number;
  bytes: number;
}

const HEADER = [
  'Customer number',
  'Full name',
  'Company name',
  'Date of birth',
  'National ID',
  'Tax ID',
  'Language',
  'Address',
  'City',
  'State',
  'Postcode',
  'Country',
  'Mobile phone',
  'Home phone',
  'Work phone',
  'Email',
  'Account number',
  'Original creditor',
  'Debt type',
  'Principal',
  'Interest',
  'Fees',
  'Outstanding balance',
  'Currency',
  'Due date',
  'Account to pay',
  'Notes',
  'sample',
];
/** a row in so many is spoiled: as many as a tidy creditor's file has */
const BAD_ROW_SHARE = 0.002;
const AS_OF = '2026-11-01';
const PIECE_CHARACTERS = 1024 * 1024;

/** A made-up creditor who sends one file after another, each with debtors of its own. */
export interface PortfolioSource {
  /** @param limit the last debtor may get fewer rows than were made up for it */
  write(path: string, limit: { rows: number } | { debtors: number }): WrittenPortfolio;
}

/**
 * Portfolios as a creditor would send them: 1.4 debts and 2.5 contact points for each debtor, half Polish, 38 % Russian,
 * the rest British and American; diacritics, quotes, commas and line breaks in fields; some rows spoiled in known ways.
 * The same for the same seed.
 */
export function createPortfolioSource(seed: number): PortfolioSource {
  const debtors = rowsOfDebtors(seed);
  return {
    write(path, limit) {
      const descriptor = openSync(path, 'w');
      try {
        return writeRows(debtors, limit, (text) => writeSync(descriptor, text));
      } finally {
        closeSync(descriptor);
      }
    },
  };
}

function writeRows(
  debtors: Iterator<DebtorRows, never>,
  limit: { rows: number } | { debtors: number },
  write: (text: string) => number,
): WrittenPortfolio {
  const written = { rows: 0, debtors: 0, debts: 0, badRows: 0, bytes: 0 };
  let piece = `${HEADER.join(',')}\r\n`;
  const room = () => ('rows' in limit ? limit.rows - written.rows : Number.POSITIVE_INFINITY);
  const isFull = () => room() <= 0 || ('debtors' in limit && written.debtors >= limit.debtors);
  while (!isFull()) {
    const { rows, bad } = debtors.next().value;
    const taken = rows.slice(0, room());
    const spoiled = bad.filter((index) => index < taken.length).length;
    piece += taken.join('');
    written.rows += taken.length;
    written.badRows += spoiled;
    written.debts += taken.length - spoiled;
    if (taken.length > spoiled) written.debtors += 1;
    if (piece.length < PIECE_CHARACTERS) continue;
    written.bytes += write(piece);
    piece = '';
  }
  written.bytes += write(piece);
  return written;
}

interface DebtorRows {
  rows: string[];
  /** which of them are spoiled */
  bad: number[];
}

function* rowsOfDebtors(seed: number): Generator<DebtorRows, never> {
  const random = seededRandom(seed);
  const of = (language: 'pl' | 'ru' | 'en') =>
    sampleDebtors({ seed: seed + language.charCodeAt(0), language, asOf: AS_OF });
  const makers = { pl: of('pl'), ru: of('ru'), en: of('en') };
  for (let index = 0; ; index += 1) {
    const roll = random.next();
    const maker = makers[roll < 0.5 ? 'pl' : roll < 0.88 ? 'ru' : 'en'];
    yield rowsOf(maker.next().value as SampleDebtor, index, random);
  }
}

function rowsOf(debtor: SampleDebtor, index: number, random: SeededRandom): DebtorRows {
  const ref = `${debtor.country}-${String(index + 1).padStart(7, '0')}`;
  const work = random.chance(0.5) ? (practiceNumberAt(debtor.country, index * 31 + 7) ?? '') : '';
  const note = random.chance(0.03)
    ? `${debtor.note}\r\nsaid: "call later", twice`.trim()
    : debtor.note;
  const made = { ...debtor, note };
  const debts = debtor.debts.slice();
  // three in fifty have one more debt: 1.4 on the average
  const first = debts[0];
  if (first !== undefined && random.chance(0.06)) {
    debts.push({ ...first, debtRef: `${first.debtRef}-B` });
  }
  const bad: number[] = [];
  const rows = debts.map((debt, at) => {
    const cells = cellsOf(made, { ...debt, debtRef: `${debt.debtRef}.${index}` }, ref, work);
    if (random.chance(BAD_ROW_SHARE)) {
      bad.push(at);
      spoil(cells, random);
    }
    return `${cells.map(quoted).join(',')}\r\n`;
  });
  return { rows, bad };
}

function cellsOf(debtor: SampleDebtor, debt: SampleDebt, ref: string, work: string): string[] {
  const isRussian = debtor.language === 'ru';
  const name = isRussian
    ? `${debtor.familyName} ${debtor.givenName}`
    : `${debtor.givenName} ${debtor.familyName}`;
  return [
    ref,
    name.trim(),
    debtor.companyName,
    debtor.birthDate,
    debtor.nationalId,
    debtor.taxId,
    debtor.language,
    debtor.street,
    debtor.city,
    debtor.region,
    debtor.postalCode,
    debtor.country,
    debtor.mobilePhones.join(', '),
    debtor.homePhone,
    work,
    debtor.email,
    debt.debtRef,
    debt.creditorName,
    debt.debtKind,
    amount(debt.principalMinor),
    amount(debt.interestMinor),
    amount(debt.feesMinor),
    amount(debt.balanceMinor),
    debt.currency,
    debt.dueOn,
    debt.accountToPay,
    debtor.note,
    'made up',
  ];
}

const place = (header: string) => HEADER.indexOf(header);

/** Makes a row one that must be rejected. */
function spoil(cells: string[], random: SeededRandom): void {
  const value = random.pick(['about a thousand', '2026-02-31', '']);
  if (value === '') cells[place('Full name')] = cells[place('Company name')] = value;
  else cells[place(value.startsWith('2026') ? 'Due date' : 'Outstanding balance')] = value;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function amount(minor: number): string {
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
}
