import type { AdapterParts } from '../../types.ts';

/** A message as the modem named it: 0 … 255, again and again; with its receiver it is told apart. */
interface Sent {
  reference: number;
  to: string;
  id: string;
}

const CURSOR = 'references';
const MOST_KEPT = 600;
/** Centres write national numbers as international ones and the other way round. */
const COMPARED_DIGITS = 9;

/** Which message a status report means; kept over restarts. */
export class MessageReferences {
  readonly #cursors: AdapterParts['cursors'];
  readonly #sent: Sent[];

  constructor(cursors: AdapterParts['cursors']) {
    this.#cursors = cursors;
    this.#sent = readSent(cursors.read(CURSOR));
  }

  /** @returns the id by which receipts will name it */
  add(reference: number, to: string, at: number): string {
    const id = `${reference}/${lastDigits(to)}/${at}`;
    this.#sent.push({ reference, to: lastDigits(to), id });
    if (this.#sent.length > MOST_KEPT) this.#sent.shift();
    return id;
  }

  /** Call it after `add`: a report must find its message after a restart too. */
  save(): Promise<void> {
    return this.#cursors.write(CURSOR, JSON.stringify(this.#sent));
  }

  /** The newest that fits: the one before it with this name is 256 messages old. */
  find(reference: number, to: string): string | null {
    const digits = lastDigits(to);
    return (
      this.#sent.findLast((sent) => sent.reference === reference && sent.to === digits)?.id ?? null
    );
  }
}

function lastDigits(number: string): string {
  return number.replaceAll(/\D/g, '').slice(-COMPARED_DIGITS);
}

function readSent(text: string | null): Sent[] {
  if (text === null) return [];
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? (parsed as Sent[]) : [];
  } catch {
    return [];
  }
}
