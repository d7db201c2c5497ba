import type { Socket } from 'node:net';
import { answerTo } from './at-commands.ts';
import type { ModemState } from './modem-state.ts';
import type { ModemFault } from './modem-types.ts';
import { readSubmit } from './practice-pdu.ts';

const CTRL_Z = '\u001a';
const ESCAPE = '\u001b';

/** One line to the modem: reads commands, echoes them, asks for texts. */
export class AtLine {
  readonly #socket: Socket;
  readonly #state: ModemState;
  #rest = '';
  #echo = true;
  /** argument of `+CMGS` while its text is awaited */
  #prompted: string | null = null;
  #hung = false;

  constructor(socket: Socket, state: ModemState) {
    this.#socket = socket;
    this.#state = state;
    socket.setEncoding('latin1');
    socket.on('data', (text) => this.#read(String(text)));
    socket.on('error', () => socket.destroy());
  }

  /** something that answers nothing */
  notice(...lines: string[]): void {
    if (!this.#hung) for (const line of lines) this.#say(line);
  }

  unplug(): void {
    this.#socket.destroy();
  }

  #read(text: string): void {
    if (this.#hung) return;
    if (this.#echo) this.#socket.write(text, 'latin1');
    this.#rest += text;
    for (;;) {
      const end = firstOf(this.#rest, this.#prompted === null ? '\r\n' : CTRL_Z + ESCAPE);
      if (end < 0) return;
      const piece = this.#rest.slice(0, end);
      const sign = this.#rest[end];
      this.#rest = this.#rest.slice(end + 1);
      if (this.#prompted === null) this.#command(piece.trim());
      else this.#text(this.#prompted, sign === ESCAPE ? null : piece);
    }
  }

  #command(command: string): void {
    if (command === '') return;
    this.#state.commands.push(command);
    const echo = /^ATE([01])/i.exec(command)?.[1];
    if (echo !== undefined) this.#echo = echo === '1';
    const answer = answerTo(command, this.#state);
    if ('prompt' in answer) this.#prompt(answer.prompt);
    else this.#answer(answer.lines, answer.result);
  }

  #prompt(argument: string): void {
    const asked = { number: 0, to: '', text: '', part: null, wantsReport: false, at: 0 };
    if (this.#state.parts.faultOf?.(asked)?.kind === 'noPrompt') return;
    this.#prompted = argument;
    this.#socket.write('\r\n> ');
  }

  #text(argument: string, text: string | null): void {
    this.#prompted = null;
    if (text === null) {
      this.#answer([], 'OK');
      return;
    }
    const message = this.#state.textMode ? this.#fromText(argument, text) : fromPdu(argument, text);
    if (message === null) {
      this.#answer([], '+CMS ERROR: 304');
      return;
    }
    const answer = this.#state.submit(message);
    if (answer.kind === 'taken') this.#answer([`+CMGS: ${answer.reference}`], 'OK');
    else this.#fault(answer.fault);
  }

  #fault(fault: Exclude<ModemFault, { kind: 'noPrompt' }>): void {
    if (fault.kind === 'refuse') this.#answer([], `+CMS ERROR: ${fault.error}`);
    else if (fault.kind === 'hang') this.#hung = true;
    else this.unplug();
  }

  #fromText(argument: string, text: string) {
    const [, to = ''] = /^"([^"]*)"/.exec(argument) ?? [];
    const { alphabet, textFlags } = this.#state;
    const read = (value: string) =>
      alphabet === 'UCS2' ? Buffer.from(value, 'hex').swap16().toString('utf16le') : value;
    return { to: read(to), text: read(text), part: null, wantsReport: (textFlags & 32) !== 0 };
  }

  #answer(lines: readonly string[], result: string): void {
    for (const line of lines) this.#say(line);
    this.#say(result);
  }

  #say(line: string): void {
    this.#socket.write(`\r\n${line}\r\n`, 'latin1');
  }
}

/** The length that was told must be that of the PDU without the centre's address. */
function fromPdu(argument: string, hex: string) {
  const centreOctets = Number.parseInt(hex.slice(0, 2), 16) + 1;
  if (hex.length / 2 - centreOctets !== Number(argument)) return null;
  return readSubmit(hex.replaceAll(CTRL_Z, ''));
}

/** @returns where the first of these signs stands; -1: nowhere */
function firstOf(text: string, signs: string): number {
  return [...text].findIndex((character) => signs.includes(character));
}
