import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttachedMedia } from '#shared/contract/index.ts';
import type { IdSource } from '#shared/util/index.ts';
import type { MediaLinks, Unbranded } from '../../../contract-server/index.ts';
import {
  newFileKey,
  openSealedFile,
  readSealedFile,
  writeSealedFile,
} from '../../../debtors/documents/sealed-file.ts';
import type { Store } from '../../../store/index.ts';
import type { OutgoingMedia } from '../../types.ts';
import type { FittedMedia } from '../media/index.ts';
import { mediaName } from './media-name.ts';
import { attachmentGone, type MediaFacts, type MediaRow, requireMedia } from './media-rows.ts';
import { messageMediaWrites } from './media-writes.ts';

export interface KeptMediaParts {
  store: Store;
  idSource: IdSource;
  links: Pick<MediaLinks, 'issue'>;
  /** that of all documents: sealed files of media lie among them */
  documentsDirectory: string;
}

export interface MediaOwner {
  debtorId: string;
  personId: string | null;
  language: string | null;
  /** of the command that asked for it: a repeated one gets the same medium */
  commandId: string | null;
}

/** Media of messages as rows of `document` with sealed files. */
export class MediaKeeper {
  readonly #parts: KeptMediaParts;

  constructor(parts: KeptMediaParts) {
    this.#parts = parts;
  }

  /** The file is on the disk before its row is. */
  async keep(
    media: FittedMedia,
    source: { name: string; originalBytes: number; pages: number | null },
    owner: MediaOwner,
  ): Promise<MediaRow> {
    const { store, idSource, documentsDirectory } = this.#parts;
    const { commandId, ...owned } = owner;
    const fileName = `${idSource.next()}.sealed`;
    const path = join(documentsDirectory, fileName);
    const keyHex = newFileKey();
    const facts: MediaFacts = {
      width: media.width,
      height: media.height,
      pages: media.pages ?? source.pages,
      originalBytes: source.originalBytes,
      steps: media.steps,
    };
    await writeSealedFile(path, keyHex, media.bytes);
    try {
      const { documentId } = await store.write(
        messageMediaWrites,
        'messageMedia.insert',
        {
          ...owned,
          name: mediaName(source.name, media.mediaType),
          mediaType: media.mediaType,
          bytes: media.bytes.length,
          sha256: createHash('sha256').update(media.bytes).digest('hex'),
          fileName,
          keyHex,
          mediaJson: JSON.stringify(facts),
        },
        commandId === null ? {} : { commandId },
      );
      const row = requireMedia(store.read, documentId);
      // a repeated command answers the first medium: this file is nobody's then
      if (row.fileName !== fileName) await rm(path, { force: true });
      return row;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** As it will be sent: the address gives out the very bytes. */
  shown(row: MediaRow, viewer: { personId: string; baseUrl: string }): Unbranded<AttachedMedia> {
    const { links, documentsDirectory } = this.#parts;
    const { fileName, keyHex, mediaType } = row;
    const link = links.issue({
      personId: viewer.personId,
      open: async () => {
        const file = await openSealedFile(join(documentsDirectory, fileName), keyHex);
        return { ...file, contentType: mediaType };
      },
    });
    const { documentId, name, bytes, width, height, pages, originalBytes, steps } = row;
    const facts = { width, height, pages, originalBytes, steps: [...steps] };
    const url = `${viewer.baseUrl}${link.path}`;
    return { documentId, name, mediaType, bytes, ...facts, url, expiresAt: link.expiresAt };
  }

  /** @throws AppError `message.attachment-gone` */
  async read(documentId: string): Promise<OutgoingMedia> {
    const { store, documentsDirectory } = this.#parts;
    const { name, mediaType, fileName, keyHex } = requireMedia(store.read, documentId);
    try {
      const bytes = await readSealedFile(join(documentsDirectory, fileName), keyHex);
      return { name, mediaType, bytes };
    } catch (error) {
      throw attachmentGone(error);
    }
  }

  /** Drafts made before that instant which no message took, and their files. @returns how many */
  async removeStale(before: number): Promise<number> {
    const { store, documentsDirectory } = this.#parts;
    let removed = 0;
    for (let more = true; more; ) {
      const stale = await store.write(
        messageMediaWrites,
        'messageMedia.removeStale',
        { before },
        { priority: 'import' },
      );
      for (const fileName of stale.fileNames) {
        await rm(join(documentsDirectory, fileName), { force: true });
      }
      removed += stale.fileNames.length;
      more = stale.more;
    }
    return removed;
  }
}
