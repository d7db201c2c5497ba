import MailComposer from 'nodemailer/lib/mail-composer';
import type { OutgoingMedia, OutgoingMessage } from '../../types.ts';
import { formatAddress, type MailAddress } from './addresses.ts';
import { headerIdOf, readHeaderIds } from './message-ids.ts';

export interface MailSender {
  name: string;
  address: MailAddress;
}

export interface ComposeOptions {
  from: MailSender;
  to: MailAddress;
  /** epoch ms */
  at: number;
  /** ask the reader's program for an MDN (RFC 8098) */
  readReceipt: boolean;
  /** made by the program for itself (RFC 3834), such as a test */
  automatic: boolean;
}

export interface ComposedMail {
  /** RFC 5322 with CRLF */
  raw: Buffer;
  /** Message-ID with its angle brackets */
  headerId: string;
}

/**
 * A message as it goes over the wire: text and, when there is any, HTML as alternatives, media attached.
 * No value can add a header: control characters become spaces before anything is written.
 */
export async function composeMail(
  message: OutgoingMessage,
  options: ComposeOptions,
): Promise<ComposedMail> {
  const { from, to } = options;
  const headerId = headerIdOf(message.messageId, from.address.domain);
  const inReplyTo = message.inReplyTo === null ? [] : readHeaderIds(message.inReplyTo, 1);
  const references = readHeaderIds([...message.references, ...inReplyTo].join(' '), 50);
  const composer = new MailComposer({
    from: { name: plainLine(from.name), address: formatAddress(from.address) },
    to: { name: '', address: formatAddress(to) },
    subject: plainLine(message.subject),
    messageId: headerId,
    date: new Date(options.at),
    text: message.text,
    ...(message.html === null ? {} : { html: message.html }),
    ...(inReplyTo[0] === undefined ? {} : { inReplyTo: inReplyTo[0] }),
    ...(references.length === 0 ? {} : { references }),
    headers: extraHeaders(message, options),
    attachments: message.media.map(attachment),
    // what a template says is never fetched from a disk or a network
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'windows',
  });
  return { raw: await build(composer), headerId };
}

function extraHeaders(message: OutgoingMessage, options: ComposeOptions): Record<string, string> {
  const language = /^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.exec(message.language)?.[0];
  return {
    ...(language === undefined ? {} : { 'Content-Language': language }),
    ...(options.automatic ? { 'Auto-Submitted': 'auto-generated' } : {}),
    ...(options.readReceipt
      ? { 'Disposition-Notification-To': `<${formatAddress(options.from.address)}>` }
      : {}),
  };
}

function attachment(media: OutgoingMedia) {
  return {
    filename: plainLine(media.name).replaceAll(/[/\\]/g, '_') || 'attachment',
    content: Buffer.from(media.bytes.buffer, media.bytes.byteOffset, media.bytes.byteLength),
    contentType: /^[\w.+-]+\/[\w.+-]+$/.test(media.mediaType)
      ? media.mediaType
      : 'application/octet-stream',
    contentDisposition: 'attachment' as const,
  };
}

function build(composer: InstanceType<typeof MailComposer>): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    composer.compile().build((error, raw) => {
      if (error) reject(error);
      else resolve(raw);
    });
  });
}

/** One line of a header's text: no control character, no line or paragraph separator. */
function plainLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
