import type { OutgoingMedia } from '../../../types.ts';
import type { HttpClient } from '../common/http-client.ts';
import { items, text } from '../common/read-json.ts';

export interface MediaSource {
  http: HttpClient;
  base: string;
  headers: Readonly<Record<string, string>>;
}

const MAX_MEDIA_BYTES = 6 * 1024 * 1024;
const MAX_ITEMS = 10;

/**
 * The pictures of an incoming message.
 * @returns null when they cannot be had now: ask again; those that are gone are left out
 */
export async function fetchTwilioMedia(
  source: MediaSource,
  messagePath: string,
): Promise<OutgoingMedia[] | null> {
  const list = await source.http({
    method: 'GET',
    url: `${source.base}${messagePath}/Media.json`,
    headers: source.headers,
  });
  if (list.kind !== 'answer' || list.status >= 500 || list.status === 429) return null;
  const media: OutgoingMedia[] = [];
  for (const item of items(list.json(), 'media_list').slice(0, MAX_ITEMS)) {
    const sid = text(item, 'sid');
    if (sid === null || !/^\w+$/.test(sid)) continue;
    const mediaType = text(item, 'content_type') ?? 'application/octet-stream';
    const bytes = await fetchFollowing(source, `${source.base}${messagePath}/Media/${sid}`);
    if (bytes === null) return null;
    if (bytes !== 'gone') media.push({ name: nameFor(sid, mediaType), mediaType, bytes });
  }
  return media;
}

/** Twilio sends on to its store of files; there, the login must not go. */
async function fetchFollowing(
  source: MediaSource,
  url: string,
): Promise<Uint8Array | 'gone' | null> {
  let at = url;
  let headers = source.headers;
  for (let hop = 0; hop < 4; hop += 1) {
    const { http } = source;
    const answer = await http({ method: 'GET', url: at, headers, maxBytes: MAX_MEDIA_BYTES });
    if (answer.kind !== 'answer') return null;
    const { status, location } = answer;
    if (status >= 300 && status < 400 && location !== null) {
      const next = URL.canParse(location, at) ? new URL(location, at) : null;
      if (next === null || !mayFollow(new URL(source.base), next)) return 'gone';
      if (next.origin !== new URL(at).origin) headers = {};
      at = next.href;
      continue;
    }
    if (status >= 500 || status === 429) return null;
    return status === 200 ? answer.bytes : 'gone';
  }
  return 'gone';
}

/** A practice gateway leads nowhere else; the real one only to https. */
function mayFollow(base: URL, next: URL): boolean {
  return next.origin === base.origin || (base.protocol === 'https:' && next.protocol === 'https:');
}

function nameFor(sid: string, mediaType: string): string {
  const extension = /^[\w.+-]+\/([\w.+-]+)$/.exec(mediaType)?.[1]?.replace('jpeg', 'jpg') ?? 'bin';
  return `${sid}.${extension}`;
}
