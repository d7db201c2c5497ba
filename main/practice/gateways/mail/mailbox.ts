export interface KeptMail {
  uid: number;
  raw: Buffer;
  /** epoch ms */
  receivedAt: number;
  flags: Set<string>;
}

/** The oldest ones go when there are more: nobody cleans up a practice mailbox. */
const MOST_MAILS = 5_000;

/** One mailbox in memory, as an IMAP server keeps it: UIDs only grow. */
export class PracticeMailbox {
  readonly uidValidity: number;
  #mails: KeptMail[] = [];
  #nextUid = 1;
  #listeners = new Set<() => void>();

  constructor(uidValidity: number) {
    this.uidValidity = uidValidity;
  }

  get mails(): readonly KeptMail[] {
    return this.#mails;
  }

  get nextUid(): number {
    return this.#nextUid;
  }

  add(raw: Buffer, receivedAt: number): void {
    this.#mails.push({ uid: this.#nextUid, raw, receivedAt, flags: new Set() });
    this.#nextUid += 1;
    if (this.#mails.length > MOST_MAILS) this.#mails = this.#mails.slice(-MOST_MAILS);
    for (const listener of [...this.#listeners]) listener();
  }

  /** @returns ends it */
  onAdded(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
