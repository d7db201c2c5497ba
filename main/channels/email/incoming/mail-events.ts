import type { GatewayEvent, Incoming, OutgoingMedia } from '../../types.ts';
import { sameAddress } from '../compose/addresses.ts';
import { ourMessageId } from '../compose/message-ids.ts';
import { isAutomatic } from './automatic.ts';
import { readDeliveryReport } from './delivery-report.ts';
import { markQuotes } from './mark-quotes.ts';
import type { ParsedMail } from './parse-mail.ts';
import { readPlainBounce } from './plain-bounce.ts';
import { readNotification } from './read-notification.ts';

/** What a mail turned out to be. */
export type MailKind = 'report' | 'delayed' | 'notification' | 'bounce' | 'own' | 'incoming';

export interface ReadMail {
  kind: MailKind;
  events: GatewayEvent[];
}

export interface MailReader {
  /** the address that we send from */
  ownAddress: string;
  /** when the server took it, epoch ms; null: it does not say */
  receivedAt: number | null;
}

/**
 * What a mail in the mailbox means. Reports on messages of ours become receipts; our own copies nothing; all the rest is
 * somebody's message, also a report about a mail that we know nothing of: nothing is lost.
 */
export function readMail(mail: ParsedMail, reader: MailReader): ReadMail {
  const report = readDeliveryReport(mail);
  if (report !== null) {
    const kind = report.delayed && report.receipts.length === 0 ? 'delayed' : 'report';
    return { kind, events: report.receipts };
  }
  const notification = readNotification(mail);
  if (notification !== null) return { kind: 'notification', events: notification };
  const bounce = readPlainBounce(mail);
  if (bounce !== null) return { kind: 'bounce', events: bounce };
  if (isOwn(mail, reader.ownAddress)) return { kind: 'own', events: [] };
  return { kind: 'incoming', events: [incomingOf(mail, reader)] };
}

function isOwn(mail: ParsedMail, ownAddress: string): boolean {
  return mail.from !== '' && sameAddress(mail.from, ownAddress);
}

function incomingOf(mail: ParsedMail, { ownAddress, receivedAt }: MailReader): Incoming {
  const answered = [...mail.references].reverse().find((id) => ourMessageId(id) !== null);
  const to = mail.to.find((address) => sameAddress(address, ownAddress)) ?? mail.to[0] ?? null;
  return {
    kind: 'incoming',
    // a Message-ID alone is anybody's choice; the digest makes a second copy of the mail the same
    sourceKey: `${(mail.headerId ?? '').slice(0, 300)}#${mail.digest}`,
    channel: 'email',
    from: mail.from,
    to,
    text: mail.text === '' ? null : markQuotes(mail.text),
    subject: mail.subject === '' ? null : mail.subject,
    html: mail.html,
    media: mail.parts.map(mediaOf),
    // the sender's clock may say anything; the server's was there
    at: receivedAt ?? mail.date,
    headerId: mail.headerId,
    references: mail.references,
    answersProviderId: answered ?? null,
    automatic: isAutomatic(mail),
    part: null,
  };
}

function mediaOf({ name, mediaType, bytes }: ParsedMail['parts'][number]): OutgoingMedia {
  return { name, mediaType, bytes };
}
