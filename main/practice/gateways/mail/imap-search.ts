import { type ImapWord, inSet } from './imap-words.ts';
import type { KeptMail } from './mailbox.ts';

type Test = (mail: KeptMail, sequence: number) => boolean;

/**
 * Which mails fit all of the keys (RFC 3501 §6.4.4); those that a reader of mail needs.
 * @returns null for a key that this server does not know
 */
export function searchTest(words: readonly ImapWord[], mails: readonly KeptMail[]): Test | null {
  const tests: Test[] = [];
  for (let at = 0; at < words.length; ) {
    const read = readKey(words, at, mails);
    if (read === null) return null;
    tests.push(read.test);
    at = read.next;
  }
  return (mail, sequence) => tests.every((test) => test(mail, sequence));
}

function readKey(
  words: readonly ImapWord[],
  at: number,
  mails: readonly KeptMail[],
): { test: Test; next: number } | null {
  const word = words[at];
  if (word === undefined) return null;
  if (typeof word !== 'string') {
    const test = searchTest(word, mails);
    return test === null ? null : { test, next: at + 1 };
  }
  const key = word.toUpperCase();
  const [value, second] = [textAt(words, at + 1), textAt(words, at + 2)];
  const lastUid = mails.at(-1)?.uid ?? 0;
  if (key === 'ALL') return { test: () => true, next: at + 1 };
  if (key === 'SEEN') return { test: ({ flags }) => flags.has('\\Seen'), next: at + 1 };
  if (key === 'UNSEEN') return { test: ({ flags }) => !flags.has('\\Seen'), next: at + 1 };
  if (key === 'UID') return { test: uidTest(value, lastUid), next: at + 2 };
  if (key === 'SINCE') return { test: sinceTest(value), next: at + 2 };
  if (key === 'HEADER') return { test: headerTest(value, second), next: at + 3 };
  if (!/^[\d:,*]+$/.test(key)) return null;
  const fits = inSet(key, mails.length);
  return { test: (_, sequence) => fits(sequence), next: at + 1 };
}

function textAt(words: readonly ImapWord[], at: number): string {
  const word = words[at];
  return typeof word === 'string' ? word : '';
}

function uidTest(set: string, lastUid: number): Test {
  const fits = inSet(set, lastUid);
  return ({ uid }) => fits(uid);
}

function sinceTest(date: string): Test {
  const from = Date.parse(`${date} 00:00:00 GMT`);
  return ({ receivedAt }) => receivedAt >= from;
}

function headerTest(name: string, value: string): Test {
  const wanted = value.toLowerCase();
  return ({ raw }) => {
    const head =
      raw
        .subarray(0, 64_000)
        .toString('latin1')
        .split(/\r\n\r\n/, 1)[0] ?? '';
    const unfolded = head.replaceAll(/\r\n[ \t]+/g, ' ');
    return unfolded.split('\r\n').some((line) => {
      const [key, ...rest] = line.split(':');
      const isIt = key?.trim().toLowerCase() === name.toLowerCase();
      return isIt && rest.join(':').toLowerCase().includes(wanted);
    });
  };
}
