import type { ImportFinding } from '#shared/contract/index.ts';
import { type EntryDetails, readDetails } from './mt940-details.ts';
import {
  type EntryLine,
  readBalance,
  readEntryLine,
  type StatementBalance,
} from './mt940-fields.ts';
import { normalAccount } from './read-accounts.ts';

export interface StatementEntry extends EntryLine, EntryDetails {
  /** line of the file, from 1 */
  line: number;
  /** the account of the statement */
  account: string;
  currency: string;
}

export type StatementItem =
  | { kind: 'entry'; entry: StatementEntry }
  /** an entry that cannot be read: its text as it stands */
  | { kind: 'unreadable'; line: number; text: string; finding: ImportFinding }
  /** about a statement as a whole */
  | { kind: 'notice'; line: number; text: string; finding: ImportFinding };

interface Field {
  tag: string;
  line: number;
  lines: string[];
}

interface Statement {
  line: number;
  account: string;
  number: string;
  opening: StatementBalance | null;
  sumMinor: number;
  isClosed: boolean;
  /** true: an entry could not be read, so that the sum cannot be compared */
  hasGap: boolean;
}

/**
 * Reads customer statements (SWIFT MT940) as text comes in: several statements in a file, with or without SWIFT's
 * envelope, pages (`60M`, `62M`) and details in any of the manners of banks. Every `:61:` comes out once, as an entry or as
 * unreadable.
 *
 * Nothing is thrown: a damaged file yields what can be read and says what cannot.
 */
export class Mt940Reader {
  #rest = '';
  #line = 0;
  #field: Field | null = null;
  #statement: Statement | null = null;
  #pending: { field: Field; details: string[] } | null = null;
  #items: StatementItem[] = [];

  push(text: string): StatementItem[] {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#takeLine(line);
    return this.#taken();
  }

  end(): StatementItem[] {
    const isCut = this.#rest !== '' && !/^\s*-?\}?\s*$/.test(this.#rest);
    if (this.#rest !== '') this.#takeLine(this.#rest);
    this.#rest = '';
    this.#endField();
    // the last entry of a file that breaks off may lack half of what it says
    if (isCut && this.#statement && !this.#statement.isClosed && this.#pending) {
      this.#refuse(this.#pending.field, 'record.truncated');
      this.#pending = null;
    }
    this.#endStatement();
    return this.#taken();
  }

  #taken(): StatementItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #takeLine(raw: string): void {
    this.#line += 1;
    // blocks of the envelope stand before the first field
    const line = raw
      .replace(/^\ufeff/, '')
      .replace(/^(?:\{[1235]:[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*\{4:/, '');
    const start = /^\s*:(\d{2}[A-Z]?):(.*)$/.exec(line);
    if (start) {
      this.#endField();
      this.#field = { tag: start[1] ?? '', line: this.#line, lines: [start[2] ?? ''] };
    } else if (/^\s*-\}?/.test(line) && /^\s*-(?:\}.*)?\s*$/.test(line)) this.#endField();
    else if (line.trim() !== '') this.#field?.lines.push(line);
  }

  #endField(): void {
    const field = this.#field;
    this.#field = null;
    if (!field) return;
    const text = field.lines[0]?.trim() ?? '';
    switch (field.tag) {
      case '20':
        this.#endStatement();
        this.#statement = newStatement(field.line);
        break;
      case '25':
        this.#open(field).account = accountOf(text);
        break;
      case '28':
      case '28C':
        this.#open(field).number = text;
        break;
      case '60F':
      case '60M':
        this.#open(field).opening = readBalance(text);
        break;
      case '61':
        this.#endEntry();
        this.#pending = { field, details: [] };
        break;
      case '86':
        // after the closing balance it is about the whole statement
        if (this.#pending) this.#pending.details.push(...field.lines);
        break;
      case '62F':
      case '62M':
        this.#close(field, text);
        break;
      default:
        this.#endEntry();
    }
  }

  #open(field: Field): Statement {
    this.#endEntry();
    if (!this.#statement || this.#statement.isClosed) {
      const before = this.#statement;
      this.#endStatement();
      this.#statement = newStatement(field.line);
      // the next page of the same statement
      if (before && field.tag === '60M') this.#statement.account = before.account;
    }
    return this.#statement;
  }

  #endEntry(): void {
    const pending = this.#pending;
    this.#pending = null;
    if (!pending) return;
    const { field, details } = pending;
    const statement = this.#statement;
    const currency = statement?.opening?.currency;
    const entry = currency === undefined ? null : readEntryLine(field.lines[0] ?? '', currency);
    if (!statement || currency === undefined || entry === null) {
      if (statement) statement.hasGap = true;
      this.#refuse(field, 'statement.entry-unreadable');
      return;
    }
    statement.sumMinor += entry.direction === 'credit' ? entry.amountMinor : -entry.amountMinor;
    // supplementary details stand on the lines below the entry
    const read = readDetails(details.length > 0 ? details : field.lines.slice(1));
    this.#items.push({
      kind: 'entry',
      entry: { line: field.line, account: statement.account, currency, ...entry, ...read },
    });
  }

  #refuse({ line, lines }: Field, finding: ImportFinding): void {
    this.#items.push({ kind: 'unreadable', line, text: lines.join(' '), finding });
  }

  #close(field: Field, text: string): void {
    const statement = this.#statement;
    this.#endEntry();
    if (!statement || statement.isClosed) return;
    statement.isClosed = true;
    const closing = readBalance(text);
    const { opening, sumMinor, hasGap } = statement;
    if (hasGap) return;
    if (closing && opening && closing.amountMinor === opening.amountMinor + sumMinor) return;
    this.#notice('statement.balance-differs', field.line, statement);
  }

  #endStatement(): void {
    this.#endEntry();
    const statement = this.#statement;
    this.#statement = null;
    if (statement && !statement.isClosed) {
      this.#notice('statement.truncated', statement.line, statement);
    }
  }

  #notice(finding: ImportFinding, line: number, { number, account }: Statement): void {
    const text = [account.slice(-6), number].filter((part) => part !== '').join(' · ');
    this.#items.push({ kind: 'notice', finding, line, text });
  }
}

function newStatement(line: number): Statement {
  return {
    line,
    account: '',
    number: '',
    opening: null,
    sumMinor: 0,
    isClosed: false,
    hasGap: false,
  };
}

/** With a slash before it, the bank's code in front, or the currency behind. */
function accountOf(text: string): string {
  const bare = normalAccount(text.replace(/^\//, ''));
  const withoutCurrency = bare.replace(/^((?:[A-Z]{2})?\d{10,30})[A-Z]{3}$/, '$1');
  return normalAccount(withoutCurrency);
}
