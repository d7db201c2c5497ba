import { readAccounts } from './read-accounts.ts';

/** What `:86:` says of an entry. */
export interface EntryDetails {
  payer: string | null;
  payerAccount: string | null;
  title: string;
  /** every other account in it whose check digits fit: the debtor's virtual one may be among them */
  accounts: string[];
}

/**
 * `:86:` as banks write it: subfields (`020^00…^20…`, with any sign before their numbers), `key: value` parts, the SWIFT
 * code words `/NAME/`, `/REMI/`, or plain text.
 * @param lines of the field, as they stand
 */
export function readDetails(lines: readonly string[]): EntryDetails {
  const subfields = readSubfields(lines);
  const details = subfields ? fromSubfields(subfields) : fromText(joinLines(lines, 65));
  const { payerAccount } = details;
  const all = readAccounts(lines.join('')).concat(readAccounts(lines.join(' ')));
  const accounts = [...new Set(all)].filter((account) => account !== payerAccount);
  return { ...details, accounts };
}

type Details = Omit<EntryDetails, 'accounts'>;

/** By number; null when the text has no subfields. */
function readSubfields(lines: readonly string[]): Map<string, string> | null {
  const text = lines.join('');
  const head = /^(?:\d{3})?([^\p{L}\p{N}\s])(?=\d{2})/u.exec(text);
  const separator = head?.[1];
  if (!head || separator === undefined) return null;
  const subfields = new Map<string, string>();
  for (const part of text.slice(head[0].length - 1).split(separator)) {
    const [, number, content] = /^(\d{2})(.*)$/s.exec(part) ?? [];
    const last = [...subfields.keys()].at(-1);
    if (number !== undefined && content !== undefined) {
      subfields.set(number, `${subfields.get(number) ?? ''}${content}`);
    } else if (last !== undefined && part !== '') {
      // the sign stood in the text itself
      subfields.set(last, `${subfields.get(last) ?? ''}${separator}${part}`);
    }
  }
  return subfields.size >= 2 ? subfields : null;
}

const TITLE = ['20', '21', '22', '23', '24', '25', '26', '27', '28', '29', '60', '61', '62', '63'];

function fromSubfields(subfields: ReadonlyMap<string, string>): Details {
  const of = (number: string) => subfields.get(number)?.trim() ?? '';
  const named = [of('38'), of('29'), of('31')];
  const payerAccount = named.flatMap(readAccounts)[0] ?? plainAccount(of('31'));
  const isAccount = (text: string) => readAccounts(text)[0] === payerAccount;
  const title = TITLE.map((number) => subfields.get(number) ?? '').filter(
    (text) => text.trim() !== '' && !isAccount(text),
  );
  const payer = joinParts([subfields.get('32') ?? '', subfields.get('33') ?? '']);
  return { payer: payer === '' ? null : payer, payerAccount, title: joinParts(title) };
}

function plainAccount(text: string): string | null {
  return /^\d{8,26}$/.test(text) ? text : null;
}

const ACCOUNT_KEYS =
  /(?:z\s+rach\.?|na\s+rach\.?|rach\.|rachunek(?:\s+\p{L}+)?|konto|IBAN|\/ACCT\/|\/IBAN\/)\s*:?\s*((?:PL)?[\d ]{26,40})/iu;
const PAYER_KEYS =
  /(?:^|[;,\s])(?:od|nadawca|zleceniodawca|wpłacający|wplacajacy|payer|from)\s*:\s*([^;]+)/iu;
const TITLE_KEYS = /(?:^|[;,\s])(?:tyt\.?|tytułem|tytulem|tytuł|tytul|title)\s*:\s*([^;]+)/iu;

function fromText(text: string): Details {
  const account = ACCOUNT_KEYS.exec(text)?.[1];
  const payer = /\/NAME\/([^/]+)/.exec(text)?.[1] ?? PAYER_KEYS.exec(text)?.[1];
  const title = /\/REMI\/(.+?)(?=\/[A-Z]{3,4}\/|$)/.exec(text)?.[1] ?? TITLE_KEYS.exec(text)?.[1];
  return {
    payer: payer?.trim() || null,
    payerAccount: account === undefined ? null : (readAccounts(account)[0] ?? null),
    title: tidy(title ?? text),
  };
}

function joinLines(lines: readonly string[], fullLength: number): string {
  return lines.reduce(
    (text, line, index) =>
      text + (index > 0 && (lines[index - 1]?.length ?? 0) < fullLength ? ' ' : '') + line,
    '',
  );
}

/** Lengths at which banks cut a text in the middle of a word. */
const FULL_LENGTHS = new Set([27, 35, 65]);

/** A part that is as long as a part can be goes on without a space. */
function joinParts(parts: readonly string[]): string {
  const text = parts.reduce(
    (joined, part, index) =>
      joined + (index > 0 && !FULL_LENGTHS.has(parts[index - 1]?.length ?? 0) ? ' ' : '') + part,
    '',
  );
  return tidy(text);
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
