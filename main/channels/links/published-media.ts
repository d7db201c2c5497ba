import { randomBytes } from 'node:crypto';
import type { Clock } from '#shared/util/index.ts';
import type { OutgoingMedia } from '../types.ts';
import { publicUrlOf } from './public-address.ts';

const LIFETIME_MS = 2 * 3_600_000;
/** of all together: a run of picture messages must not fill the memory */
const MAX_BYTES = 64 * 1024 * 1024;

/** Pictures for providers that fetch them from us, in memory for two hours. After a restart nothing is there to be fetched. */
export interface PublishedMedia {
  /** @returns its address; null when the engine has none on the internet, or too much is published */
  publish(media: OutgoingMedia): string | null;
  find(token: string): OutgoingMedia | null;
}

export function createPublishedMedia(options: {
  clock: Clock;
  publicBaseUrl(): string;
}): PublishedMedia {
  const { clock, publicBaseUrl } = options;
  const kept = new Map<string, { media: OutgoingMedia; until: number }>();
  let bytes = 0;
  const drop = (token: string) => {
    bytes -= kept.get(token)?.media.bytes.length ?? 0;
    kept.delete(token);
  };
  const forgetOld = () => {
    const now = clock.monotonic();
    for (const [token, { until }] of kept) if (until <= now) drop(token);
  };
  return {
    publish(media) {
      forgetOld();
      if (bytes + media.bytes.length > MAX_BYTES) return null;
      const token = randomBytes(24).toString('base64url');
      const url = publicUrlOf(publicBaseUrl(), `/d/${token}`);
      if (url === null) return null;
      kept.set(token, { media, until: clock.monotonic() + LIFETIME_MS });
      bytes += media.bytes.length;
      return url;
    },
    find(token) {
      forgetOld();
      return kept.get(token)?.media ?? null;
    },
  };
}
