import type { Clock, IdSource } from '#shared/util/index.ts';
import type { Handler, Handlers, MediaLinks, Uploads } from '../../../contract-server/index.ts';
import type { Store } from '../../../store/index.ts';
import type { KeptMedia, MessageMedia } from '../../ports.ts';
import { MediaMaker } from '../media/index.ts';
import { MediaKeeper, type MediaOwner } from './kept-media.ts';
import { attachmentGone, type MediaRow, newestDocument, requireMedia } from './media-rows.ts';
import {
  fromDocument,
  fromLetter,
  fromUpload,
  type MediaMaterial,
  type PaperSource,
} from './media-sources.ts';

export interface MessageMediaParts {
  store: Store;
  clock: Clock;
  idSource: IdSource;
  links: Pick<MediaLinks, 'issue'>;
  uploads: Pick<Uploads, 'take'>;
  papers: PaperSource;
  documentsDirectory: string;
  /** most bytes of all media of a message by this gateway, or by the usual one; null: no limit that is known */
  maxMediaBytes(channel: 'mms' | 'email', gatewayId: string | null): number | null;
  log(message: string, details?: Record<string, unknown>): void;
  /** the program of the thread; the product's own when absent */
  mediaEntry?: URL;
}

export interface MessageMediaDesk {
  handlers: Handlers;
  media: MessageMedia;
  /** Drafts that nobody sent are removed from now on; call it once. */
  start(): void;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
const SWEEP_EVERY_MS = 6 * 3_600_000;
/** of a channel whose gateway knows no limit: mail servers refuse more */
const USUAL_BYTES = { mms: 300_000, email: 10_000_000 } as const;

/** Command `message.attach`, and what the outbox needs of pictures and papers. */
export function createMessageMedia(parts: MessageMediaParts): MessageMediaDesk {
  const desk = new Desk(parts);
  return {
    handlers: { 'message.attach': desk.attach },
    media: desk,
    start: () => desk.start(),
    close: () => desk.close(),
  };
}

interface Fitting {
  target: 'mms' | 'email';
  maxBytes: number;
}

class Desk implements MessageMedia {
  readonly #parts: MessageMediaParts;
  readonly #keeper: MediaKeeper;
  readonly #maker: MediaMaker;
  #cancelSweep: (() => void) | null = null;
  #sweeping: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: MessageMediaParts) {
    this.#parts = parts;
    this.#keeper = new MediaKeeper(parts);
    const { clock, mediaEntry } = parts;
    this.#maker = new MediaMaker({ clock, ...(mediaEntry ? { entry: mediaEntry } : {}) });
  }

  start(): void {
    this.#sweep();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelSweep?.();
    await this.#maker.close();
    await this.#sweeping;
  }

  readonly attach: Handler<'message.attach'> = async (input, context) => {
    const { principal, commandId, baseUrl = '' } = context;
    const { debtorId, channel, gatewayId = null } = input;
    const material = await this.#material(input.from, debtorId, principal);
    const maxBytes = this.#parts.maxMediaBytes(channel, gatewayId) ?? USUAL_BYTES[channel];
    const owner = { debtorId, personId: principal.personId, language: null, commandId };
    const row = await this.#fit(material, { target: channel, maxBytes }, owner);
    return this.#keeper.shown(row, { personId: principal.personId, baseUrl });
  };

  async make(wanted: Parameters<MessageMedia['make']>[0]): Promise<KeptMedia[]> {
    const { debtorId, channel, personId, language } = wanted;
    const target = channel === 'email' ? 'email' : 'mms';
    let left = wanted.maxBytes ?? USUAL_BYTES[target];
    const made: KeptMedia[] = [];
    for (const [index, attachment] of wanted.attachments.entries()) {
      const material = await this.#templateMaterial(attachment, wanted);
      // what is small leaves more to what follows
      const maxBytes = Math.floor(left / (wanted.attachments.length - index));
      const owner = { debtorId, personId, language, commandId: null };
      const row = await this.#fit(material, { target, maxBytes }, owner);
      left -= row.bytes;
      made.push(keptOf(row));
    }
    return made;
  }

  async show(
    documentIds: readonly string[],
    viewer: { debtorId: string; personId: string; baseUrl: string },
  ) {
    const { read } = this.#parts.store;
    return documentIds.map((documentId) =>
      this.#keeper.shown(this.#own(read, viewer.debtorId, documentId), viewer),
    );
  }

  keptMedia(read: Store['read'], debtorId: string, documentIds: readonly string[]): KeptMedia[] {
    return documentIds.map((documentId) => keptOf(this.#own(read, debtorId, documentId)));
  }

  read(documentId: string) {
    return this.#keeper.read(documentId);
  }

  #own(read: Store['read'], debtorId: string, documentId: string): MediaRow {
    const row = requireMedia(read, documentId);
    if (row.debtorId !== debtorId) throw attachmentGone();
    return row;
  }

  async #material(
    from: Parameters<Handler<'message.attach'>>[0]['from'],
    debtorId: string,
    principal: { personId: string; displayName: string },
  ): Promise<MediaMaterial> {
    const { uploads, papers, store } = this.#parts;
    if (from.kind === 'upload') {
      return fromUpload(uploads, from.fileId, from.name, principal.personId);
    }
    // papers of a debtor name the debt
    papers.assertMayDisclose(debtorId, principal.personId);
    if (from.kind === 'document') {
      return fromDocument({ read: store.read, papers }, { ...from, debtorId });
    }
    return fromLetter(papers, { ...from, debtorId }, principal.displayName);
  }

  #templateMaterial(
    attachment: Parameters<MessageMedia['make']>[0]['attachments'][number],
    wanted: Parameters<MessageMedia['make']>[0],
  ): Promise<MediaMaterial> {
    const { papers, store } = this.#parts;
    const { debtorId, debtIds, paymentPlanId } = wanted;
    if (attachment.kind === 'letter') {
      const { letterTemplateId, as } = attachment;
      const subject = { debtIds: debtIds ?? undefined, paymentPlanId: paymentPlanId ?? undefined };
      return fromLetter(papers, { debtorId, letterTemplateId, as, ...subject }, null);
    }
    const documentId = newestDocument(store.read, debtorId, attachment.documentKind);
    if (documentId === null) throw attachmentGone();
    const { as } = attachment;
    return fromDocument({ read: store.read, papers }, { debtorId, documentId, as, page: 1 });
  }

  async #fit(material: MediaMaterial, fitting: Fitting, owner: MediaOwner): Promise<MediaRow> {
    const { bytes, name, as, page, pages } = material;
    const fitted = await this.#maker.fit(bytes, { ...fitting, as, page });
    return this.#keeper.keep(fitted, { name, originalBytes: bytes.length, pages }, owner);
  }

  #sweep(): void {
    if (this.#closed) return;
    const { clock, log } = this.#parts;
    this.#sweeping = this.#keeper.removeStale(clock.now() - DAY_MS).then(
      (removed) => {
        if (removed > 0) log('attachments that were never sent are removed', { removed });
      },
      (error: unknown) => log('attachments that were never sent', { error: String(error) }),
    );
    this.#cancelSweep = clock.setTimer(SWEEP_EVERY_MS, () => this.#sweep());
  }
}

function keptOf({ documentId, name, mediaType, bytes }: MediaRow): KeptMedia {
  return { documentId, name, mediaType, bytes };
}
