import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import { AtLines, type AtToken } from './at-lines.ts';

/** What came of one command. */
export type AtReply =
  | { ok: true; lines: string[] }
  /** `final`: the result as the modem said it, `ERROR`, `+CMS ERROR: 38` */
  | { ok: false; final: string; lines: string[] };

/** How far a command with a text behind it came before nothing more was heard. */
export interface AtSilence {
  /** the text had left: whatever it asks for may have happened */
  textLeft: boolean;
}

export interface AtDialogParts {
  clock: Clock;
  write(bytes: Uint8Array): void;
  /** lines that answer nothing; `body` is the line that belongs to `+CMT` and (with PDUs) `+CDS` */
  onUnsolicited(line: string, body: string | null): void;
}

interface Command {
  text: string;
  /** written after the prompt, with Ctrl-Z */
  payload: string | null;
  deadlineMs: number;
  resolve(reply: AtReply): void;
  reject(error: unknown): void;
}

interface Running extends Command {
  lines: string[];
  phase: 'prompt' | 'result';
  cancelTimer(): void;
}

const PROMPT_MS = 10_000;
const CTRL_Z = '\u001a';
const FINAL = /^(OK|ERROR|\+CM[ES] ERROR:.*|COMMAND NOT SUPPORT)$/;
/** always unsolicited, also between the lines of an answer */
const UNSOLICITED =
  /^(\+CMTI:|\+CDSI:|\+CMT:|\+CDS:|RING$|\+CRING:|\+CLIP:|NO CARRIER$|\^|\+CUSD:|\*)/;

/**
 * Talks to a modem: one command at a time, each with a deadline. After one that was not answered nothing that comes can
 * be told apart any more, so the dialog is over: all that waits fails, and the line is to be opened again.
 */
export class AtDialog {
  readonly #parts: AtDialogParts;
  readonly #lines = new AtLines();
  readonly #waiting: Command[] = [];
  #running: Running | null = null;
  /** the head of an unsolicited message whose body is the next line */
  #head: string | null = null;
  #textMode = false;
  #over = false;

  constructor(parts: AtDialogParts) {
    this.#parts = parts;
  }

  /** In text mode a report is one line; a PDU follows it otherwise. */
  setTextMode(textMode: boolean): void {
    this.#textMode = textMode;
  }

  /**
   * @param text without `AT`
   * @param payload written after the prompt
   * @throws AppError `gateway.modem-silent` with `AtSilence` as details, `gateway.modem-closed`
   */
  command(text: string, options: { deadlineMs?: number; payload?: string } = {}): Promise<AtReply> {
    if (this.#over) return Promise.reject(closed());
    const { deadlineMs = 10_000, payload = null } = options;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ text: `AT${text}`, payload, deadlineMs, resolve, reject });
      this.#next();
    });
  }

  push(bytes: Uint8Array): void {
    for (const token of this.#lines.push(bytes)) this.#take(token);
  }

  /** The line is gone: whatever runs and waits fails. */
  end(): void {
    this.#over = true;
    const running = this.#running;
    this.#running = null;
    running?.cancelTimer();
    running?.reject(closed({ textLeft: textLeft(running) }));
    for (const { reject } of this.#waiting.splice(0)) reject(closed());
  }

  #next(): void {
    if (this.#running !== null || this.#over) return;
    const command = this.#waiting.shift();
    if (command === undefined) return;
    const phase = command.payload === null ? 'result' : 'prompt';
    const limitMs = phase === 'prompt' ? PROMPT_MS : command.deadlineMs;
    const cancelTimer = this.#parts.clock.setTimer(limitMs, () => this.#silent());
    this.#running = { ...command, lines: [], phase, cancelTimer };
    this.#parts.write(Buffer.from(`${command.text}\r`, 'latin1'));
  }

  #take(token: AtToken): void {
    if (token.kind === 'prompt') this.#prompted();
    else if (this.#head !== null) this.#body(token.text);
    else if (UNSOLICITED.test(token.text)) this.#unsolicited(token.text);
    else this.#answered(token.text);
  }

  #prompted(): void {
    const running = this.#running;
    if (running?.phase !== 'prompt') return;
    running.phase = 'result';
    running.cancelTimer();
    const { clock, write } = this.#parts;
    running.cancelTimer = clock.setTimer(running.deadlineMs, () => this.#silent());
    write(Buffer.from(`${running.payload ?? ''}${CTRL_Z}`, 'latin1'));
  }

  #unsolicited(line: string): void {
    const hasBody = line.startsWith('+CMT:') || (line.startsWith('+CDS:') && !this.#textMode);
    if (hasBody) this.#head = line;
    else this.#parts.onUnsolicited(line, null);
  }

  #body(line: string): void {
    const head = this.#head ?? '';
    this.#head = null;
    this.#parts.onUnsolicited(head, line);
  }

  #answered(line: string): void {
    const running = this.#running;
    if (running === null) {
      this.#parts.onUnsolicited(line, null);
      return;
    }
    const isEcho = line === running.text || line === running.payload;
    if (isEcho) return;
    if (!FINAL.test(line)) {
      running.lines.push(line);
      return;
    }
    running.cancelTimer();
    this.#running = null;
    const { lines } = running;
    running.resolve(line === 'OK' ? { ok: true, lines } : { ok: false, final: line, lines });
    this.#next();
  }

  #silent(): void {
    const running = this.#running;
    this.#running = null;
    this.#over = true;
    const silence: AtSilence = { textLeft: running !== null && textLeft(running) };
    running?.reject(
      new AppError('gateway.modem-silent', 'the modem does not answer', {
        details: { ...silence },
      }),
    );
    for (const { reject } of this.#waiting.splice(0)) reject(closed());
  }
}

function textLeft({ payload, phase }: Running): boolean {
  return payload !== null && phase === 'result';
}

function closed(silence: AtSilence = { textLeft: false }): AppError {
  return new AppError('gateway.modem-closed', 'the line to the modem is closed', {
    details: { ...silence },
  });
}
