/** What a modem says, in pieces. */
export type AtToken = { kind: 'line'; text: string } | { kind: 'prompt' };

/** Longer lines are not of a modem; PDUs have 350 characters. */
const LONGEST_LINE = 8_192;

/**
 * Cuts the bytes of a modem into lines. A prompt (`> `, without an end of line) is a piece of its own. ITU-T V.250 §5.7:
 * lines end with CR LF, echoed commands with CR alone.
 */
export class AtLines {
  #rest = '';

  push(bytes: Uint8Array): AtToken[] {
    this.#rest += Buffer.from(bytes).toString('latin1');
    const tokens: AtToken[] = [];
    for (;;) {
      const end = this.#rest.search(/[\r\n]/);
      if (end < 0) break;
      addLine(tokens, this.#rest.slice(0, end));
      this.#rest = this.#rest.slice(end + 1);
    }
    if (this.#rest === '>' || this.#rest === '> ') {
      // a prompt is complete with its sign; a space behind it is dropped from what follows
      tokens.push({ kind: 'prompt' });
      this.#rest = '';
    }
    if (this.#rest.length > LONGEST_LINE) this.#rest = '';
    return tokens;
  }
}

function addLine(tokens: AtToken[], line: string): void {
  // some say the prompt and then the echo of what was written in one line
  const text = line.replace(/^(> ?)+/, '').trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the end of a text is echoed too
  const plain = text.replaceAll(/[\u0000\u001a\u001b]/g, '');
  if (plain !== '') tokens.push({ kind: 'line', text: plain });
}
