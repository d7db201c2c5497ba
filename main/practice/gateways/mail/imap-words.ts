/** A word of an IMAP command: an atom, a string, or a list in parentheses (RFC 3501 §9). */
export type ImapWord = string | ImapWord[];

export interface ImapCommand {
  tag: string;
  /** upper case; `UID FETCH` is one name */
  name: string;
  words: ImapWord[];
}

/**
 * Reads one command, its literals already put in place as quoted strings.
 * @returns null when it is none
 */
export function readCommand(line: string): ImapCommand | null {
  const [tag, first, ...rest] = readWords(line);
  if (typeof tag !== 'string' || typeof first !== 'string' || tag === '') return null;
  const name = first.toUpperCase();
  const [second] = rest;
  if (name !== 'UID' || typeof second !== 'string') return { tag, name, words: rest };
  return { tag, name: `UID ${second.toUpperCase()}`, words: rest.slice(1) };
}

function readWords(line: string): ImapWord[] {
  const stack: ImapWord[][] = [[]];
  // an atom may hold a section in brackets with spaces: BODY.PEEK[HEADER.FIELDS (DATE)]<0.10>
  const pattern = /"((?:[^"\\]|\\.)*)"|([()])|((?:[^\s()"[\]]|\[[^\]]*\])+)|\s+|./gy;
  for (const [, quoted, parenthesis, atom] of line.matchAll(pattern)) {
    if (parenthesis === '(') stack.push([]);
    else if (parenthesis === ')') closeList(stack);
    else if (quoted !== undefined) stack.at(-1)?.push(quoted.replaceAll(/\\(.)/g, '$1'));
    else if (atom !== undefined) stack.at(-1)?.push(atom);
  }
  while (stack.length > 1) closeList(stack);
  return stack[0] ?? [];
}

function closeList(stack: ImapWord[][]): void {
  if (stack.length < 2) return;
  const list = stack.pop() ?? [];
  stack.at(-1)?.push(list);
}

/** `4,7:9,12:*` as a test for one number. @param last what `*` stands for */
export function inSet(set: string, last: number): (value: number) => boolean {
  const ranges = set.split(',').map((range) => {
    const [from, to] = range.split(':').map((end) => (end === '*' ? last : Number(end)));
    const low = Math.min(from ?? 0, to ?? from ?? 0);
    return [low, Math.max(from ?? 0, to ?? from ?? 0)] as const;
  });
  return (value) => ranges.some(([low, high]) => value >= low && value <= high);
}

export function quoted(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, '\\$&')}"`;
}
