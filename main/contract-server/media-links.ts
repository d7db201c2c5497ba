import type { Readable } from 'node:stream';
import type { Clock } from '#shared/util/index.ts';
import type { ByteRange } from './byte-range.ts';
import { TokenTable } from './token-table.ts';

/** Something that `/media/<token>` can give out. */
export interface MediaContent {
  contentType: string;
  /** bytes */
  size: number;
  /** present: offered as a download with this name instead of being played */
  fileName?: string;
  /** @param range both ends included; null = everything */
  createReadStream(range: ByteRange | null): Readable;
}

/** @returns null when the token is unknown or has ended */
export type OpenMedia = (token: string) => Promise<MediaContent | null> | MediaContent | null;

interface Link {
  personId: string;
  open(): Promise<MediaContent | null> | MediaContent | null;
}

/**
 * Addresses that play one thing for one person for a short time. An audio element asks for several ranges, so a link
 * may be used again until it ends or the person's logins end.
 */
export class MediaLinks {
  readonly #links: TokenTable<Link>;

  constructor(options: { clock: Clock; newToken: () => string; lifetimeMs?: number }) {
    this.#links = new TokenTable({ ...options, lifetimeMs: options.lifetimeMs ?? 5 * 60_000 });
  }

  /** @returns a path below the engine's address, e.g. `/media/3f…`; put the client's `baseUrl` before it */
  issue(link: Link): { path: string; expiresAt: number } {
    const { token, expiresAt } = this.#links.issue(link);
    return { path: `/media/${token}`, expiresAt };
  }

  readonly open: OpenMedia = (token) => this.#links.peek(token)?.open() ?? null;

  endPerson(personId: string): void {
    this.#links.removeWhere((link) => link.personId === personId);
  }
}
