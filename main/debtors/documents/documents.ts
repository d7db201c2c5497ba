import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type LetterField, people } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import type {
  Audit,
  Handler,
  Handlers,
  MediaContent,
  MediaLinks,
  Publisher,
  RequestContext,
  Uploads,
} from '../../contract-server/index.ts';
import type { Store } from '../../store/index.ts';
import { listDocuments, loadDocument, requireFile } from './document-queries.ts';
import { documentWrites } from './document-writes.ts';
import { composeLetter, type LetterParts } from './letter/compose-letter.ts';
import { type LetterData, type LetterSubject, loadLetterData } from './letter/letter-data.ts';
import type { LetterModel } from './letter/letter-model.ts';
import { LetterMaker } from './letter-client.ts';
import { createLetterheadHandlers } from './letterhead-handlers.ts';
import { readLetterhead } from './letterhead-setting.ts';
import { once } from './once.ts';
import { newFileKey, openSealedFile, readSealedFile, writeSealedFile } from './sealed-file.ts';
import { assertTemplate, createTemplateHandlers } from './templates/template-handlers.ts';
import { loadTemplate, type Template } from './templates/template-queries.ts';

export interface DocumentsParts {
  store: Store;
  clock: Clock;
  idSource: IdSource;
  links: Pick<MediaLinks, 'issue'>;
  uploads: Pick<Uploads, 'take'>;
  publisher: Publisher;
  audit: Audit;
  /** of this area alone: what no row knows is removed from it */
  documentsDirectory: string;
  /** whether this person may give out now what names the debt: not in a call whose other end is not identified; absent: may */
  mayDisclose?(debtorId: string, personId: string): { ok: true } | { ok: false; because: string };
  /** the program of the thread; the product's own when absent */
  letterEntry?: URL;
}

export interface Documents {
  handlers: Handlers;
  /** makes the samples, and removes what a dead run left; call it before the first command */
  open(): Promise<void>;
  /**
   * A kept document, to be attached to a message.
   * @throws AppError `contract.not-found`, `document.erased`, `document.unreadable`
   */
  readDocument(documentId: string): Promise<{ bytes: Buffer; name: string; mediaType: string }>;
  /** A letter that is not kept here, to go with a message. @throws AppError as `document.create` */
  drawLetter(
    subject: LetterSubject,
    letterTemplateId: string,
    agentName: string | null,
  ): Promise<{ bytes: Uint8Array; pages: number; name: string; missing: LetterField[] }>;
  /** @throws AppError `call.not-identified`: what names the debt may not be given out by this person now */
  assertMayDisclose(debtorId: string, personId: string): void;
  close(): Promise<void>;
}

const PDF = 'application/pdf';

/** Commands `document.*`. */
export function createDocuments(parts: DocumentsParts): Documents {
  const documents = new DocumentDesk(parts);
  const { read } = parts.store;
  return {
    handlers: {
      ...createLetterheadHandlers({ ...parts, maker: documents.maker }),
      ...createTemplateHandlers(parts),
      'document.preview': documents.preview,
      'document.create': documents.create,
      'document.list': ({ debtorId }) => ({ documents: listDocuments(read, debtorId) }),
      'document.open': documents.openDocument,
      'document.mark-sent': documents.markSent,
      'document.remove': documents.remove,
    },
    open: () => documents.open(),
    readDocument: (documentId) => documents.readDocument(documentId),
    drawLetter: (subject, letterTemplateId, agentName) =>
      documents.drawLetter(subject, letterTemplateId, agentName),
    assertMayDisclose: (debtorId, personId) => documents.assertMayDisclose(debtorId, personId),
    close: () => documents.close(),
  };
}

interface ChosenTemplate extends Pick<Template, 'kind' | 'language' | 'body'> {
  name: string;
}

class DocumentDesk {
  readonly #parts: DocumentsParts;
  readonly maker: LetterMaker;

  constructor(parts: DocumentsParts) {
    this.#parts = parts;
    const { clock, letterEntry } = parts;
    this.maker = new LetterMaker({ clock, ...(letterEntry ? { entry: letterEntry } : {}) });
  }

  async open(): Promise<void> {
    const { store, documentsDirectory } = this.#parts;
    await mkdir(documentsDirectory, { recursive: true, mode: 0o700 });
    await store.write(documentWrites, 'document.seedSamples', null);
    const known = new Set(
      store.read
        .all<{ fileName: string }>('SELECT fileName FROM document WHERE keyHex IS NOT NULL')
        .map((row) => row.fileName),
    );
    for (const name of await readdir(documentsDirectory)) {
      if (!known.has(name)) await rm(join(documentsDirectory, name), { force: true });
    }
  }

  close(): Promise<void> {
    return this.maker.close();
  }

  readonly preview: Handler<'document.preview'> = async (input, { principal, baseUrl }) => {
    const { letterTemplateId, draft, ...subject } = input;
    this.assertMayDisclose(subject.debtorId, principal.personId);
    const template = this.#template(letterTemplateId, draft);
    const { letter, missing } = this.#compose(subject, template, principal.displayName);
    const { bytes, pages } = await this.maker.draw(letter);
    const link = this.#parts.links.issue({
      personId: principal.personId,
      open: () => contentOf(Buffer.from(bytes)),
    });
    return { url: `${baseUrl ?? ''}${link.path}`, expiresAt: link.expiresAt, pages, missing };
  };

  readonly create: Handler<'document.create'> = async (input, { principal, commandId }) => {
    const { store, idSource, documentsDirectory } = this.#parts;
    const { letterTemplateId, ...subject } = input;
    this.assertMayDisclose(subject.debtorId, principal.personId);
    const template = loadTemplate(store.read, letterTemplateId);
    const { letter } = this.#compose(subject, template, principal.displayName);
    const { bytes } = await this.maker.draw(letter);
    const fileName = `${idSource.next()}.sealed`;
    const path = join(documentsDirectory, fileName);
    const keyHex = newFileKey();
    await writeSealedFile(path, keyHex, bytes);
    try {
      const { documentId } = await store.write(
        documentWrites,
        'document.insert',
        {
          debtorId: input.debtorId,
          kind: template.kind,
          name: documentName(template.name, letter),
          mediaType: PDF,
          bytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          fileName,
          keyHex,
          templateId: letterTemplateId,
          templateVersion: template.version,
          language: template.language,
          personId: principal.personId,
        },
        once(commandId),
      );
      // a repeated command answers the first document: this file is nobody's then
      if (requireFile(store.read, documentId).fileName !== fileName)
        await rm(path, { force: true });
      this.#tellChanged(input.debtorId);
      return loadDocument(store.read, documentId);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  };

  readonly openDocument: Handler<'document.open'> = async (
    { documentId },
    { principal, baseUrl },
  ) => {
    const { store, links, audit, documentsDirectory } = this.#parts;
    const { name, mediaType, fileName, keyHex } = requireFile(store.read, documentId);
    const open = () => openSealedFile(join(documentsDirectory, fileName), keyHex);
    await open().catch((error: unknown) => {
      throw new AppError('document.unreadable', 'the file cannot be read', { cause: error });
    });
    const link = links.issue({
      personId: principal.personId,
      open: async () => ({ ...(await open()), contentType: mediaType }),
    });
    audit({ action: 'document.opened', personId: principal.personId, details: { documentId } });
    return { url: `${baseUrl ?? ''}${link.path}`, expiresAt: link.expiresAt, name, mediaType };
  };

  readonly markSent: Handler<'document.mark-sent'> = async (input, { principal, commandId }) => {
    const { store, publisher } = this.#parts;
    const { documentId, how, sentAt = null, reference } = input;
    const { debtorId } = await store.write(
      documentWrites,
      'document.markSent',
      { documentId, how, sentAt, reference: reference || null, personId: principal.personId },
      once(commandId),
    );
    this.#tellChanged(debtorId);
    publisher.publish('debtor.changed', { debtorId }, { kind: 'roles', roles: people });
    return loadDocument(store.read, documentId);
  };

  readonly remove: Handler<'document.remove'> = async (
    { documentId },
    { principal, commandId }: RequestContext,
  ) => {
    const { store, audit, documentsDirectory } = this.#parts;
    const input = { documentId };
    const { debtorId, fileName } = await store.write(
      documentWrites,
      'document.remove',
      input,
      once(commandId),
    );
    await rm(join(documentsDirectory, fileName), { force: true });
    audit({ action: 'document.removed', personId: principal.personId, details: { documentId } });
    this.#tellChanged(debtorId);
    return {};
  };

  async drawLetter(subject: LetterSubject, letterTemplateId: string, agentName: string | null) {
    const template = loadTemplate(this.#parts.store.read, letterTemplateId);
    const { letter, missing } = this.#compose(subject, template, agentName);
    return {
      ...(await this.maker.draw(letter)),
      name: documentName(template.name, letter),
      missing,
    };
  }

  async readDocument(documentId: string) {
    const { store, documentsDirectory } = this.#parts;
    const { name, mediaType, fileName, keyHex } = requireFile(store.read, documentId);
    try {
      const bytes = await readSealedFile(join(documentsDirectory, fileName), keyHex);
      return { bytes, name, mediaType };
    } catch (error) {
      throw new AppError('document.unreadable', 'the file cannot be read', { cause: error });
    }
  }

  assertMayDisclose(debtorId: string, personId: string): void {
    const disclosure = this.#parts.mayDisclose?.(debtorId, personId) ?? { ok: true };
    if (disclosure.ok) return;
    throw new AppError('call.not-identified', 'it is not known that the debtor is on the line', {
      details: { because: disclosure.because },
    });
  }

  #template(
    letterTemplateId: string | undefined,
    draft: Omit<ChosenTemplate, 'name'> | undefined,
  ): Omit<ChosenTemplate, 'name'> {
    if (draft !== undefined) {
      assertTemplate(draft.body);
      return draft;
    }
    if (letterTemplateId === undefined) {
      throw new AppError('contract.bad-input', 'a template or a draft of one is needed');
    }
    return loadTemplate(this.#parts.store.read, letterTemplateId);
  }

  #compose(
    subject: LetterSubject,
    { kind, language, body }: Omit<ChosenTemplate, 'name'>,
    agentName: string | null,
  ): { letter: LetterModel; missing: LetterField[] } {
    const { store, clock } = this.#parts;
    return store.read.snapshot(() => {
      const data = loadLetterData(store.read, subject, clock.now());
      assertSubject(kind, data);
      const { letterhead, logo } = readLetterhead(store.read);
      const parts: LetterParts = { body, language, letterhead, logo, agentName };
      return composeLetter(data, parts);
    });
  }

  #tellChanged(debtorId: string): void {
    const audience = { kind: 'roles', roles: people } as const;
    this.#parts.publisher.publish('document.changed', { debtorId }, audience);
  }
}

/** A letter about nothing is a mistake. */
function assertSubject(kind: Template['kind'], data: LetterData): void {
  if (kind === 'paymentPlan' && data.plan === null) {
    throw new AppError('document.no-payment-plan', 'this debtor has no payment plan');
  }
  if (kind === 'paymentConfirmation' && data.payment === null) {
    throw new AppError('document.no-payment', 'this debtor has made no payment');
  }
  const isOwed = data.debts.some((debt) => debt.balanceMinor > 0);
  if (kind === 'demandForPayment' && !isOwed) {
    throw new AppError('document.nothing-owed', 'nothing is to be paid');
  }
}

function documentName(name: string, letter: LetterModel): string {
  const date = new Date(letter.madeAt).toISOString().slice(0, 10);
  return `${name} ${date}.pdf`.replaceAll(/[\p{Cc}\\/:*?"<>|]+/gu, '-');
}

function contentOf(bytes: Buffer): MediaContent {
  return {
    contentType: PDF,
    size: bytes.length,
    createReadStream: (range) =>
      Readable.from([range === null ? bytes : bytes.subarray(range.start, range.end + 1)]),
  };
}
