import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, IdSource } from '#shared/util/index.ts';
import type { ContactRules } from '../contact-rules/index.ts';
import type { Logger } from '../contract-server/index.ts';
import {
  createIdSource,
  type OpenStore,
  openStore,
  systemClock,
  systemRandom,
} from '../store/index.ts';
import type { OrphanDialog } from '../telephony/call/index.ts';
import { createMediaProcess, type MediaProcess } from '../telephony/media/index.ts';
import type { SipLogger } from '../telephony/sip/index.ts';
import { openContactRules } from './door.ts';
import type { EngineOptions } from './engine-options.ts';
import { createLogger } from './logger.ts';
import { recoverRows } from './recovery.ts';
import { resourcesDirectory } from './resources.ts';

/** What everything else stands on. */
export interface EngineCore {
  store: OpenStore;
  /** dialogs that a dead run left open at their far ends */
  orphans: OrphanDialog[];
  rules: ContactRules;
  media: MediaProcess;
  clock: Clock;
  idSource: IdSource;
  logger: Logger & SipLogger;
  /** files that ship with the program */
  resources: string;
  /** where encrypted recordings are kept */
  recordingsDirectory: string;
  /** where the firm's own announcements are kept */
  messagesDirectory: string;
}

/**
 * Opens the store and accounts for what a dead run left in it, while the media process starts beside.
 * @throws AppError `store.*`, `media.timeout`
 */
export async function openCore(options: EngineOptions): Promise<EngineCore> {
  const clock = systemClock;
  const logger = createLogger(options.logLevel);
  const resources = resourcesDirectory();
  const media = createMediaProcess({ spawn: options.spawn, clock, logger });
  const mediaStarted = startMedia(media, resources);
  // Awaited below; a failure of the store must not leave this one unheard.
  mediaStarted.catch(() => {});
  try {
    const store = await openStore({
      dataDir: options.dataDir,
      keyProvider: options.keyProvider,
      onWriterLost: (error) => options.onFatal(error.code, error.message),
    });
    const recordingsDirectory = join(options.dataDir, 'recordings');
    mkdirSync(recordingsDirectory, { recursive: true, mode: 0o700 });
    const orphans = await recoverRows(store);
    await mediaStarted;
    return {
      store,
      orphans,
      rules: openContactRules(store.meta.storeKind, clock),
      media,
      clock,
      idSource: createIdSource(clock, systemRandom),
      logger,
      resources,
      recordingsDirectory,
      messagesDirectory: join(options.dataDir, 'messages'),
    };
  } catch (error) {
    await media.stop();
    throw error;
  }
}

async function startMedia(media: MediaProcess, resources: string): Promise<void> {
  await media.start();
  await media.request('configure', {
    bindHost: '127.0.0.1',
    agentHosts: ['127.0.0.1'],
    holdMusicFile: join(resources, 'music', 'hold.wav'),
  });
}
