import type { Clock } from '#shared/util/index.ts';
import type { PublicReply, PublicRequest } from '../../contract-server/index.ts';
import type { Store } from '../../store/types.ts';
import { isToken, linkIdOf } from './document-link.ts';
import { expiredPage } from './expired-page.ts';
import { linkWrites } from './link-writes.ts';
import { looksLikeReading } from './previews.ts';
import type { PublishedMedia } from './published-media.ts';

export interface LinkPagesParts {
  store: Pick<Store, 'read' | 'write'>;
  clock: Clock;
  media: Pick<PublishedMedia, 'find'>;
  /** @throws AppError `document.erased`, `document.unreadable`, `contract.not-found` */
  readDocument(documentId: string): Promise<{ bytes: Uint8Array; name: string; mediaType: string }>;
  /** A person seems to have opened the document of this message, for the first time. It proves little. */
  onFirstOpening(opened: { messageId: string; at: number }): Promise<void>;
  log(message: string, details?: Record<string, unknown>): void;
}

export interface LinkPages {
  /** Answers `/d/<token>`; null: no such link. */
  open(request: PublicRequest): Promise<PublicReply | null>;
}

interface Link {
  messageId: string;
  documentId: string;
  expiresAt: number;
}

/** The pages behind links to documents, and the pictures that providers fetch. */
export function createLinkPages(parts: LinkPagesParts): LinkPages {
  const { store, clock, media, log } = parts;

  const count = async (linkId: string, messageId: string) => {
    const { first } = await store.write(linkWrites, 'link.opened', { linkId });
    if (first) await parts.onFirstOpening({ messageId, at: clock.now() });
  };

  return {
    async open(request) {
      const token = request.path;
      if (!isToken(token)) return null;
      const picture = media.find(token);
      if (picture !== null) return file(picture);
      const linkId = linkIdOf(token);
      const link = store.read.get<Link>(
        'SELECT messageId, documentId, expiresAt FROM documentLink WHERE id = ?',
        linkId,
      );
      if (link === undefined) return null;
      const language = request.headers['accept-language'] ?? '';
      if (link.expiresAt <= clock.now()) return page(410, expiredPage(language));
      let document: Awaited<ReturnType<LinkPagesParts['readDocument']>>;
      try {
        document = await parts.readDocument(link.documentId);
      } catch (error) {
        // Erased, or its file is gone: to whoever holds the link it has ended.
        log('a linked document cannot be shown', { error: (error as { code?: string }).code });
        return page(410, expiredPage(language));
      }
      if (looksLikeReading(request.method, request.headers)) {
        // Who reads must not wait for the store, nor be refused when it is busy.
        count(linkId, link.messageId).catch((error: unknown) =>
          log('an opened link was not counted', { error: String(error) }),
        );
      }
      return file(document);
    },
  };
}

/** Shown in the browser only when it cannot run anything there. */
const shown = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/gif', 'text/plain']);

function file(content: { bytes: Uint8Array; name: string; mediaType: string }): PublicReply {
  const { bytes, name, mediaType } = content;
  const inline = shown.has(mediaType);
  return {
    status: 200,
    headers: {
      'content-type': inline ? withCharset(mediaType) : 'application/octet-stream',
      'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeName(name)}`,
      'x-robots-tag': 'noindex',
    },
    body: bytes,
  };
}

function withCharset(mediaType: string): string {
  return mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType;
}

/** @see RFC 8187 §3.2.1 */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function page(status: number, html: string): PublicReply {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'x-robots-tag': 'noindex',
    },
    body: html,
  };
}
