import { type Pacer, type PacerLine, pacerLine } from './protocol.ts';

/** What came of one line: an answer to print, a fault to complain about, or neither. */
export type LineResult =
  | { kind: 'answer'; text: string }
  | { kind: 'fault'; message: string }
  | { kind: 'none' };

/**
 * Feeds text lines to a pacer. A line that is not one of the format is refused with its number and changes nothing;
 * what follows is read on. A blank line is nothing.
 */
export class PacerLines {
  readonly #pacer: Pacer;
  #number = 0;

  constructor(pacer: Pacer) {
    this.#pacer = pacer;
  }

  take(text: string): LineResult {
    this.#number++;
    if (text.trim() === '') return { kind: 'none' };
    const line = readLine(text);
    if (typeof line === 'string')
      return { kind: 'fault', message: `line ${this.#number}: ${line}` };
    const answer = this.#pacer.feed(line);
    return answer === null ? { kind: 'none' } : { kind: 'answer', text: JSON.stringify(answer) };
  }
}

/** @returns what is wrong with it, when it is no line of the format */
function readLine(text: string): PacerLine | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  const parsed = pacerLine.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return `${issue?.path.join('.') || 'line'}: ${issue?.message ?? 'not a line of the format'}`;
}
