import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AppError } from '#shared/errors/index.ts';
import type { IdSource } from '#shared/util/index.ts';
import type {
  Handler,
  Handlers,
  MediaContent,
  MediaLinks,
  Uploads,
} from '../../contract-server/index.ts';
import type { Store } from '../../store/types.ts';
import type { Campaigns } from '../campaigns/index.ts';
import { assertSize, convertMessage, type LineMessage } from './convert-message.ts';
import type { MessageFiles } from './message-files.ts';
import { findMessage } from './message-rows.ts';
import { abandonmentMessageWrites } from './message-writes.ts';

export interface MessageHandlersOptions {
  store: Store;
  files: MessageFiles;
  campaigns: Pick<Campaigns, 'get' | 'refresh' | 'require'>;
  uploads: Pick<Uploads, 'take'>;
  links: Pick<MediaLinks, 'issue'>;
  idSource: IdSource;
}

const LONGEST_NAME = 120;

/** What the firm has recorded for those who meet no agent: set, removed, listened to. */
export function createAbandonmentMessageHandlers(options: MessageHandlersOptions): Handlers {
  return {
    'campaign.set-abandonment-message': setMessage(options),
    'campaign.remove-abandonment-message': removeMessage(options),
    'campaign.open-abandonment-message': openMessage(options),
  };
}

function setMessage(options: MessageHandlersOptions): Handler<'campaign.set-abandonment-message'> {
  const { store, files, campaigns, idSource } = options;
  return async ({ campaignId, fileId }, { principal, commandId }) => {
    const { personId } = principal;
    campaigns.require(campaignId);
    const { name, wav, durationMs } = await receive(options, fileId, personId);
    const messageId = idSource.next();
    const stored = await keep(options, { messageId, wav }, (sha256) =>
      store.write(
        abandonmentMessageWrites,
        'abandonment-message.set',
        { messageId, campaignId, name, durationMs, sha256, personId },
        commandId === null ? {} : { commandId },
      ),
    );
    // a repeated command answers the first message: this file is nobody's then
    const mine = stored.messageId === messageId ? [] : [messageId];
    await removeFiles(files, [...stored.replaced, ...mine]);
    campaigns.refresh(campaignId);
    return campaigns.get(campaignId);
  };
}

/** First the file, then the row that speaks of it; a row that was refused leaves no file. */
async function keep<Stored>(
  { files }: MessageHandlersOptions,
  { messageId, wav }: { messageId: string; wav: Buffer },
  store: (sha256: string) => Promise<Stored>,
): Promise<Stored> {
  try {
    const { sha256 } = await files.write(messageId, wav);
    return await store(sha256);
  } catch (error) {
    await files.remove(messageId);
    throw error;
  }
}

/** The upload is used up, whether it is taken or refused. */
async function receive(
  { uploads }: MessageHandlersOptions,
  fileId: string,
  personId: string,
): Promise<LineMessage & { name: string }> {
  const file = uploads.take(fileId, personId);
  if (!file) throw new AppError('import.unknown-file', 'this file is gone: choose it again');
  try {
    assertSize(file.sizeBytes);
    const message = await convertMessage(await readFile(file.path));
    return { ...message, name: shownName(file.fileName) };
  } finally {
    await file.dispose();
  }
}

function removeMessage({
  store,
  files,
  campaigns,
}: MessageHandlersOptions): Handler<'campaign.remove-abandonment-message'> {
  return async ({ campaignId }, { principal, commandId }) => {
    const { replaced } = await store.write(
      abandonmentMessageWrites,
      'abandonment-message.remove',
      { campaignId, personId: principal.personId },
      commandId === null ? {} : { commandId },
    );
    await removeFiles(files, replaced);
    campaigns.refresh(campaignId);
    return campaigns.get(campaignId);
  };
}

function openMessage({
  store,
  files,
  campaigns,
  links,
}: MessageHandlersOptions): Handler<'campaign.open-abandonment-message'> {
  return async ({ campaignId }, { principal, baseUrl }) => {
    campaigns.require(campaignId);
    const message = findMessage(store.read, campaignId);
    if (message === null) throw new AppError('contract.not-found', 'the campaign has no message');
    const content = async () => contentOf(await files.read(message));
    if ((await content()) === null)
      throw new AppError('campaign.message-damaged', 'the stored file is missing or damaged');
    const link = links.issue({ personId: principal.personId, open: content });
    const { durationMs } = message;
    return { url: `${baseUrl ?? ''}${link.path}`, expiresAt: link.expiresAt, durationMs };
  };
}

function contentOf(wav: Buffer | null): MediaContent | null {
  if (wav === null) return null;
  return {
    contentType: 'audio/wav',
    size: wav.length,
    createReadStream: (range) =>
      Readable.from([range === null ? wav : wav.subarray(range.start, range.end + 1)]),
  };
}

/** One that cannot be removed now goes at the next start. */
async function removeFiles(files: MessageFiles, messageIds: readonly string[]): Promise<void> {
  for (const messageId of messageIds) await files.remove(messageId).catch(() => {});
}

/** The last part of a path, without what would tear a line apart. */
function shownName(fileName: string): string {
  const last = fileName.split(/[\\/]/).at(-1) ?? '';
  return (
    last
      .replaceAll(/\p{C}+/gu, '')
      .trim()
      .slice(0, LONGEST_NAME) || 'message.wav'
  );
}
