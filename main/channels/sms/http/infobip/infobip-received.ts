import type { GatewayEvent, OutgoingMedia } from '../../../types.ts';
import type { HttpClient } from '../common/http-client.ts';
import { numberFrom } from '../common/numbers.ts';
import { items, text } from '../common/read-json.ts';
import { incoming } from '../common/receipts.ts';
import { instant } from './infobip-status.ts';

export interface InfobipSource {
  http: HttpClient;
  base: string;
  headers: Readonly<Record<string, string>>;
}

const MAX_MEDIA_BYTES = 6 * 1024 * 1024;
const MAX_MEDIA = 10;

/**
 * One of `results` of the inbox, or of a webhook for incoming messages.
 * @returns null for what is none; `later` when a picture cannot be had now
 */
export async function readInfobipReceived(
  source: InfobipSource,
  item: unknown,
): Promise<GatewayEvent | 'later' | null> {
  const id = text(item, 'messageId');
  const from = text(item, 'from') ?? text(item, 'sender');
  if (id === null || from === null) return null;
  const segments = items(item, 'message');
  const media = await mediaOf(source, segments);
  if (media === null) return 'later';
  const words = segments
    .filter((one) => (text(one, 'contentType') ?? 'text/plain').startsWith('text/'))
    .map((one) => text(one, 'value') ?? text(one, 'text') ?? '')
    .join('\n');
  const to = text(item, 'to') ?? text(item, 'destination');
  return incoming({
    sourceKey: id,
    channel: segments.length > 0 ? 'mms' : 'sms',
    from: numberFrom(from),
    to: to === null ? null : numberFrom(to),
    // `cleanText` lacks a keyword of the account's, which the debtor did write.
    text: text(item, 'text') ?? (words === '' ? null : words),
    subject: text(item, 'subject'),
    media,
    at: instant(text(item, 'receivedAt')),
    answersProviderId: text(item, 'pairedMessageId'),
  });
}

async function mediaOf(
  source: InfobipSource,
  segments: readonly unknown[],
): Promise<OutgoingMedia[] | null> {
  const media: OutgoingMedia[] = [];
  for (const segment of segments.slice(0, MAX_MEDIA)) {
    const url = text(segment, 'url') ?? text(segment, 'contentUrl');
    const mediaType = text(segment, 'contentType') ?? '';
    if (url === null || mediaType.startsWith('text/') || !isOwn(source.base, url)) continue;
    const { http, headers } = source;
    const answer = await http({ method: 'GET', url, headers, maxBytes: MAX_MEDIA_BYTES });
    if (answer.kind !== 'answer' || answer.status >= 500) return null;
    if (answer.status !== 200) continue;
    const name = new URL(url).pathname.split('/').at(-1) || 'attachment';
    media.push({ name, mediaType, bytes: answer.bytes });
  }
  return media;
}

/** The key must go to Infobip alone. */
function isOwn(base: string, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const target = new URL(url);
  const own = new URL(base);
  const ofInfobip = target.protocol === 'https:' && target.hostname.endsWith('.infobip.com');
  return target.origin === own.origin || (own.protocol === 'https:' && ofInfobip);
}
