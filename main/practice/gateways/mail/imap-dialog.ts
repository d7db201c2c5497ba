import type { Socket } from 'node:net';
import { fetchAnswer } from './imap-fetch.ts';
import { searchTest } from './imap-search.ts';
import { type ImapCommand, type ImapWord, inSet, quoted, readCommand } from './imap-words.ts';
import type { KeptMail, PracticeMailbox } from './mailbox.ts';

export interface ImapDialogParts {
  mailbox: PracticeMailbox;
  user: string;
  password: string;
  /** false: as a server that cannot wake its clients */
  idle: boolean;
}

const MOST_INPUT = 65_536;

/**
 * One client of the practice mailbox: IMAP4rev1 (RFC 3501) with IDLE (RFC 2177), as far as a reader of mail needs it.
 * There is one mailbox, INBOX.
 */
export class ImapDialog {
  #socket: Socket;
  #parts: ImapDialogParts;
  #input = '';
  #loggedIn = false;
  /** mails that the client knows of; null: no mailbox is open */
  #known: KeptMail[] | null = null;
  /** tag of the command that waits for `DONE` or a login's words */
  #waiting: { tag: string; kind: 'idle' | 'plain' } | null = null;

  constructor(socket: Socket, parts: ImapDialogParts) {
    this.#socket = socket;
    this.#parts = parts;
    const forget = parts.mailbox.onAdded(() => {
      if (this.#waiting?.kind === 'idle') this.#tellNews();
    });
    socket.on('data', (bytes) => this.#read(bytes));
    socket.on('error', () => undefined);
    socket.on('close', forget);
    this.#write(`* OK [CAPABILITY ${this.#capabilities()}] practice mailbox`);
  }

  #capabilities(): string {
    return `IMAP4rev1 AUTH=PLAIN SASL-IR${this.#parts.idle ? ' IDLE' : ''}`;
  }

  #read(bytes: Buffer): void {
    this.#input += bytes.toString('latin1');
    if (this.#input.length > MOST_INPUT) {
      this.#write('* BYE too much');
      this.#socket.destroy();
      return;
    }
    for (let line = this.#takeLine(); line !== null; line = this.#takeLine()) this.#handle(line);
  }

  /** One command with its literals, which become quoted strings; null while it is not whole. */
  #takeLine(): string | null {
    let line = '';
    let from = 0;
    for (;;) {
      const end = this.#input.indexOf('\r\n', from);
      if (end < 0) return null;
      line += this.#input.slice(from, end);
      const literal = /\{(\d+)(\+?)\}$/.exec(line);
      if (literal === null) {
        this.#input = this.#input.slice(end + 2);
        return line;
      }
      const length = Number(literal[1]);
      const value = this.#input.slice(end + 2, end + 2 + length);
      // asked for once: when its announcement is all that there is
      if (value === '' && length > 0 && literal[2] === '') this.#write('+ go on');
      if (value.length < length) return null;
      line = line.slice(0, literal.index) + quoted(value);
      from = end + 2 + length;
    }
  }

  #handle(line: string): void {
    if (this.#waiting !== null) return this.#handleWaiting(line, this.#waiting);
    const command = readCommand(line);
    if (command === null) return this.#write('* BAD no command');
    const { tag, name, words } = command;
    const early = this.#handleEarly(command);
    if (early) return;
    if (!this.#loggedIn) return this.#write(`${tag} NO log in first`);
    if (name === 'LIST' || name === 'LSUB') {
      this.#write(`* ${name} (\\HasNoChildren) "/" INBOX`);
      return this.#done(command);
    }
    if (name === 'SELECT' || name === 'EXAMINE') return this.#select(command);
    if (name === 'STATUS') return this.#status(command);
    if (this.#known === null) return this.#write(`${tag} BAD no mailbox is open`);
    if (name === 'IDLE' && this.#parts.idle) {
      this.#waiting = { tag, kind: 'idle' };
      this.#write('+ idling');
      return this.#tellNews();
    }
    if (name === 'SEARCH' || name === 'UID SEARCH') return this.#search(command, words);
    if (name === 'FETCH' || name === 'UID FETCH') return this.#fetch(command);
    if (name === 'CLOSE' || name === 'UNSELECT') {
      this.#known = null;
      return this.#done(command);
    }
    this.#write(`${tag} BAD ${name} is not known here`);
  }

  /** What may be said before a login. */
  #handleEarly(command: ImapCommand): boolean {
    const { tag, name, words } = command;
    if (name === 'CAPABILITY') this.#write(`* CAPABILITY ${this.#capabilities()}`);
    else if (name === 'NOOP' || name === 'CHECK') this.#tellNews();
    else if (name === 'LOGOUT') this.#write('* BYE bye');
    else if (name === 'LOGIN') {
      this.#login(tag, String(words[0]), String(words[1]));
      return true;
    } else if (name === 'AUTHENTICATE') {
      this.#authenticate(tag, words);
      return true;
    } else return false;
    this.#done(command);
    if (name === 'LOGOUT') this.#socket.end();
    return true;
  }

  #handleWaiting(line: string, { tag, kind }: { tag: string; kind: 'idle' | 'plain' }): void {
    this.#waiting = null;
    if (kind === 'plain') return this.#loginPlain(tag, line);
    if (line.toUpperCase() === 'DONE') return this.#write(`${tag} OK idle is over`);
    this.#write(`${tag} BAD expected DONE`);
  }

  #authenticate(tag: string, [mechanism, initial]: readonly ImapWord[]): void {
    if (String(mechanism).toUpperCase() !== 'PLAIN') return this.#write(`${tag} NO PLAIN only`);
    if (typeof initial === 'string') return this.#loginPlain(tag, initial);
    this.#waiting = { tag, kind: 'plain' };
    this.#write('+ ');
  }

  /** RFC 4616 */
  #loginPlain(tag: string, encoded: string): void {
    const [, user, password] = Buffer.from(encoded, 'base64').toString('utf8').split('\0');
    this.#login(tag, user ?? '', password ?? '');
  }

  #login(tag: string, user: string, password: string): void {
    this.#loggedIn = user === this.#parts.user && password === this.#parts.password;
    this.#write(
      this.#loggedIn
        ? `${tag} OK [CAPABILITY ${this.#capabilities()}] welcome`
        : `${tag} NO [AUTHENTICATIONFAILED] wrong name or password`,
    );
  }

  #select({ tag, name, words }: ImapCommand): void {
    this.#known = null;
    if (String(words[0]).toUpperCase() !== 'INBOX')
      return this.#write(`${tag} NO [NONEXISTENT] there is INBOX only`);
    const { mailbox } = this.#parts;
    this.#known = [...mailbox.mails];
    this.#write(
      '* FLAGS (\\Seen \\Answered)',
      `* ${this.#known.length} EXISTS`,
      '* 0 RECENT',
      `* OK [UIDVALIDITY ${mailbox.uidValidity}] valid`,
      `* OK [UIDNEXT ${mailbox.nextUid}] next`,
      `${tag} OK [READ-${name === 'SELECT' ? 'WRITE' : 'ONLY'}] open`,
    );
  }

  #status(command: ImapCommand): void {
    const { mails, nextUid, uidValidity } = this.#parts.mailbox;
    const counts = `MESSAGES ${mails.length} UIDNEXT ${nextUid} UIDVALIDITY ${uidValidity} UNSEEN 0`;
    this.#write(`* STATUS INBOX (${counts})`);
    this.#done(command);
  }

  #search(command: ImapCommand, words: readonly ImapWord[]): void {
    const known = this.#known ?? [];
    const charset = String(words[0]).toUpperCase() === 'CHARSET' ? 2 : 0;
    const test = searchTest(words.slice(charset), known);
    if (test === null) return this.#write(`${command.tag} BAD a key that is not known here`);
    const found = known.flatMap((mail, index) =>
      test(mail, index + 1) ? [command.name === 'SEARCH' ? index + 1 : mail.uid] : [],
    );
    this.#write(`* SEARCH${found.map((number) => ` ${number}`).join('')}`);
    this.#done(command);
  }

  #fetch(command: ImapCommand): void {
    const { tag, name, words } = command;
    const known = this.#known ?? [];
    const byUid = name === 'UID FETCH';
    const fits = inSet(String(words[0]), byUid ? (known.at(-1)?.uid ?? 0) : known.length);
    for (const [index, mail] of known.entries()) {
      if (!fits(byUid ? mail.uid : index + 1)) continue;
      const answer = fetchAnswer(mail, index + 1, words.slice(1), byUid);
      if (answer === null) return this.#write(`${tag} BAD an item that is not known here`);
      this.#socket.write(answer);
    }
    this.#done(command);
  }

  /** Mails that came since the client last heard of any. */
  #tellNews(): void {
    if (this.#known === null) return;
    const last = this.#known.at(-1)?.uid ?? 0;
    const fresh = this.#parts.mailbox.mails.filter(({ uid }) => uid > last);
    if (fresh.length === 0) return;
    this.#known.push(...fresh);
    this.#write(`* ${this.#known.length} EXISTS`);
  }

  #done({ tag, name }: ImapCommand): void {
    this.#write(`${tag} OK ${name} done`);
  }

  #write(...lines: readonly string[]): void {
    if (this.#socket.writable) this.#socket.write(lines.map((line) => `${line}\r\n`).join(''));
  }
}
