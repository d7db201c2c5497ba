import { createHash } from 'node:crypto';
import type { GatewayEvent, OutgoingMedia, Receipt } from '../../types.ts';
import { decodeText, type MimePart, parameter } from './multipart.ts';
import type { Mm7Message } from './soap.ts';
import { child, textOf, type XmlNode } from './xml.ts';

/** What the centre tells us, and what it is answered with. */
export interface Mm7Notice {
  events: GatewayEvent[];
  answer: 'DeliverRsp' | 'DeliveryReportRsp' | 'ReadReplyRsp';
}

/** @returns null: nothing that a centre asks */
export function readRequest(message: Mm7Message, parts: readonly MimePart[]): Mm7Notice | null {
  switch (message.name) {
    case 'DeliverReq':
      return { events: [incoming(message, parts)], answer: 'DeliverRsp' };
    case 'DeliveryReportReq':
      return { events: receipts(message, deliveryState), answer: 'DeliveryReportRsp' };
    case 'ReadReplyReq':
      return { events: receipts(message, readState), answer: 'ReadReplyRsp' };
    default:
      return null;
  }
}

type ReportedState = Pick<Receipt, 'state' | 'hint'>;

/** @see 3GPP TS 23.140 §8.7.3.3 (MMStatus) */
const deliveryStates: Readonly<Record<string, ReportedState>> = {
  retrieved: { state: 'delivered', hint: false },
  expired: { state: 'expired', hint: false },
  rejected: { state: 'failed', hint: false },
  unrecognised: { state: 'failed', hint: false },
  unrecognized: { state: 'failed', hint: false },
  unreachable: { state: 'failed', hint: false },
  // in the network of somebody else, or on the way
  forwarded: { state: 'accepted', hint: true },
  indeterminate: { state: 'accepted', hint: true },
  deferred: { state: 'accepted', hint: false },
};

function deliveryState(status: string): ReportedState {
  return deliveryStates[status.toLowerCase()] ?? { state: 'accepted', hint: true };
}

/** A telephone's word; deleted unread says nothing of a message that was delivered already. */
function readState(status: string): ReportedState | null {
  return /^read/i.test(status) ? { state: 'read', hint: true } : null;
}

function receipts(
  { body }: Mm7Message,
  stateOf: (status: string) => ReportedState | null,
): Receipt[] {
  const providerId = textOf(body, 'MessageID');
  const status = textOf(body, 'MMStatus');
  const reported = status === null ? null : stateOf(status);
  if (providerId === null || status === null || reported === null) return [];
  const details = [status, textOf(body, 'StatusText')].filter((part) => part !== null);
  const at = instantOf(textOf(body, 'TimeStamp') ?? textOf(body, 'Date'));
  return [
    {
      kind: 'receipt',
      providerId,
      messageId: null,
      ...reported,
      badAddress: false,
      code: details.join(': '),
      at,
    },
  ];
}

function incoming({ body, transactionId }: Mm7Message, parts: readonly MimePart[]): GatewayEvent {
  const from = addressOf(child(body, 'Sender')) ?? textOf(body, 'Sender') ?? '';
  const to = addressOf(child(child(body, 'Recipients'), 'To'));
  const sentAt = textOf(body, 'TimeStamp');
  const linkedId = textOf(body, 'LinkedID');
  return {
    kind: 'incoming',
    sourceKey: keyOf([from, to, linkedId, sentAt ?? transactionId], parts),
    channel: 'mms',
    from: international(from),
    to: to === null ? null : international(to),
    text: textIn(parts),
    subject: textOf(body, 'Subject'),
    html: null,
    media: parts.flatMap(mediaOf),
    at: instantOf(sentAt),
    headerId: null,
    references: [],
    answersProviderId: textOf(body, 'ReplyChargingID'),
    automatic: false,
    part: null,
  };
}

/**
 * The same message keeps its key when it is delivered again, with a new transaction too: who, to whom, when, and what.
 */
function keyOf(facts: readonly (string | null)[], parts: readonly MimePart[]): string {
  const hash = createHash('sha256').update(JSON.stringify(facts));
  for (const { bytes } of parts) hash.update(createHash('sha256').update(bytes).digest());
  return hash.digest('hex').slice(0, 40);
}

/** `Number`, `ShortCode`, `RFC2822Address` (which may be `+48…/TYPE=PLMN`), or wrapped once more by some. */
function addressOf(holder: XmlNode | null): string | null {
  if (holder === null) return null;
  const own =
    textOf(holder, 'Number') ?? textOf(holder, 'ShortCode') ?? textOf(holder, 'RFC2822Address');
  const address = own ?? addressOf(child(holder, 'SenderAddress'));
  return address?.replace(/\/TYPE=.*$/i, '') ?? null;
}

/** Numbers of a centre are international with or without the sign. */
function international(address: string): string {
  return /^[1-9]\d{8,14}$/.test(address) ? `+${address}` : address;
}

function textIn(parts: readonly MimePart[]): string | null {
  const texts = parts
    .filter((part) => typeOf(part) === 'text/plain')
    .map(({ bytes, headers }) => decodeText(bytes, headers['content-type'] ?? '').trim())
    .filter((text) => text !== '');
  return texts.length === 0 ? null : texts.join('\n');
}

/** Pictures, sounds and films; how they are laid out is of no interest. */
function mediaOf(part: MimePart, index: number): OutgoingMedia[] {
  const mediaType = typeOf(part);
  if (!/^(image|audio|video)\//.test(mediaType) || part.bytes.length === 0) return [];
  const { headers } = part;
  const named =
    headers['content-location'] ??
    parameter(headers['content-type'] ?? '', 'name') ??
    `${index}.${mediaType.split('/')[1]}`;
  const plain = named.slice(0, 2_000).replaceAll(/[\p{C}\\/:*?"<>|]+/gu, '-');
  // by characters: half of one is no text that a header could carry
  const name = [...plain].slice(0, 150).join('');
  return [{ name, mediaType, bytes: part.bytes }];
}

function typeOf({ headers }: MimePart): string {
  return (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function instantOf(text: string | null): number | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isFinite(at) ? at : null;
}
