import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { IdSource } from '#shared/util/index.ts';
import type { createReplyReader, ReadReply } from '../../contact-rules/index.ts';
import { newFileKey, writeSealedFile } from '../../debtors/documents/sealed-file.ts';
import type { Incoming, OutgoingMedia } from '../types.ts';
import type { ArrivedFile, ArrivedMessage } from './arrived.ts';
import { keyOf } from './assemble-parts.ts';

export interface IncomingReaderParts {
  readReply: ReturnType<typeof createReplyReader>;
  /** our message that a Message-ID names; null: it is not one of ours */
  ourMessageId(headerId: string): string | null;
  idSource: IdSource;
  documentsDirectory: string;
}

/** A file of a message is given out as it came; more of them than this nobody looks at. */
const MOST_FILES = 30;
/** More text than this is no message. */
const LONGEST_TEXT = 200_000;
const LONGEST_HTML = 2_000_000;

/** Reads what came in: what it asks for, which messages of ours it answers; its files are sealed on the disk then. */
export async function readIncoming(
  parts: IncomingReaderParts,
  incoming: Incoming,
): Promise<ArrivedMessage> {
  const { channel, automatic, headerId, references, answersProviderId } = incoming;
  const at = Number.isFinite(incoming.at) ? incoming.at : null;
  const text = incoming.text?.slice(0, LONGEST_TEXT) ?? null;
  const subject = incoming.subject?.slice(0, 500) ?? null;
  return {
    ...{ channel, automatic, headerId, references, answersProviderId, at, text, subject },
    sourceKey: keyOf(incoming.sourceKey),
    from: channel === 'email' ? incoming.from.toLowerCase() : incoming.from,
    to: incoming.to,
    html: incoming.html?.slice(0, LONGEST_HTML) ?? null,
    ourMessageIds: references.flatMap((one) => parts.ourMessageId(one) ?? []),
    reading: automatic ? null : readWish(parts, incoming),
    files: await sealFiles(parts, incoming.media.slice(0, MOST_FILES)),
  };
}

/** Of a mail without words in it the subject is read: "STOP" often stands there alone. */
function readWish({ readReply }: IncomingReaderParts, incoming: Incoming): ReadReply | null {
  const { channel, text, subject, html } = incoming;
  const words = text?.trim() || plainOf(html) || subject?.trim() || '';
  return words === '' ? null : readReply(words, { channel });
}

/** Roughly what HTML says, to be read by no person. No pattern looks past the next `<`: hostile HTML is full of them. */
function plainOf(html: string | null): string {
  return withoutUnread((html ?? '').slice(0, 100_000))
    .replaceAll(/<br\b[^<>]*>|<\/(p|div|li|tr|h\d)>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

/** Without what no reader sees; what never ends is left out to the end. */
function withoutUnread(html: string): string {
  const mark = /<(\/?)(style|script|head)\b(?:\s*>)?/gi;
  const seen: string[] = [];
  let from = 0;
  let open: string | null = null;
  for (const { index, 0: whole, 1: slash, 2: name = '' } of html.matchAll(mark)) {
    if (open === null && slash === '') {
      seen.push(html.slice(from, index));
      open = name.toLowerCase();
    } else if (slash === '/' && name.toLowerCase() === open) {
      open = null;
      from = index + whole.length;
    }
  }
  if (open === null) seen.push(html.slice(from));
  return seen.join(' ');
}

async function sealFiles(
  parts: IncomingReaderParts,
  media: readonly OutgoingMedia[],
): Promise<ArrivedFile[]> {
  const files: ArrivedFile[] = [];
  try {
    for (const { name, mediaType, bytes } of media) {
      const fileName = `${parts.idSource.next()}.sealed`;
      const keyHex = newFileKey();
      await writeSealedFile(join(parts.documentsDirectory, fileName), keyHex, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      files.push({
        ...{ name: name.slice(0, 200), mediaType: mediaType.slice(0, 200) },
        ...{ bytes: bytes.length, sha256, fileName, keyHex },
      });
    }
    return files;
  } catch (error) {
    await removeFiles(
      parts,
      files.map(({ fileName }) => fileName),
    );
    throw error;
  }
}

export async function removeFiles(
  { documentsDirectory }: Pick<IncomingReaderParts, 'documentsDirectory'>,
  fileNames: readonly string[],
): Promise<void> {
  for (const fileName of fileNames) await rm(join(documentsDirectory, fileName), { force: true });
}
