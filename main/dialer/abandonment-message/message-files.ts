import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#shared/util/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { findMessage, type MessageRow, messageIds } from './message-rows.ts';

export interface MessageFilesOptions {
  read: ReadDb;
  clock: Clock;
  /** of this area alone: what no row knows is removed from it */
  directory: string;
  log(message: string, details?: Record<string, unknown>): void;
}

/** A person is on the line: a disk that is asleep or far away is not waited for longer. */
const LONGEST_LOOK_MS = 250;

/** Where firms' own messages lie. A file is written once under the id of its message, and never changed. */
export class MessageFiles {
  readonly #options: MessageFilesOptions;

  constructor(options: MessageFilesOptions) {
    this.#options = options;
  }

  /** Makes the directory and removes what a dead run left in it. */
  async open(): Promise<void> {
    const { directory, read } = this.#options;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const known = new Set(messageIds(read).map((id) => `${id}.wav`));
    for (const name of await readdir(directory))
      if (!known.has(name)) await rm(join(directory, name), { force: true });
  }

  /** The file is on the disk when it resolves. */
  async write(messageId: string, wav: Buffer): Promise<{ sha256: string }> {
    const file = await open(this.#path(messageId), 'wx', 0o600);
    try {
      await file.writeFile(wav);
      await file.sync();
    } finally {
      await file.close();
    }
    return { sha256: digest(wav) };
  }

  async remove(messageId: string): Promise<void> {
    await rm(this.#path(messageId), { force: true });
  }

  /** @returns the stored WAV file; null when it is missing or is not what was stored */
  async read({ messageId, sha256 }: MessageRow): Promise<Buffer | null> {
    const bytes = await readFile(this.#path(messageId)).catch(() => null);
    return bytes !== null && digest(bytes) === sha256 ? bytes : null;
  }

  /**
   * The file to be played in a call of this campaign.
   * @returns null when the campaign has none, or when it is missing, damaged or not to be had at once: the message that
   * comes with the program is played then
   */
  async playable(campaignId: string): Promise<string | null> {
    const { read, log } = this.#options;
    const message = findMessage(read, campaignId);
    if (message === null) return null;
    const bytes = await this.#inTime(this.read(message));
    if (bytes !== null) return this.#path(message.messageId);
    log('the own message of a campaign cannot be played', { campaignId });
    return null;
  }

  #inTime<Value>(work: Promise<Value>): Promise<Value | null> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.setTimer(LONGEST_LOOK_MS, () => resolve(null));
      void work.then((value) => {
        cancel();
        resolve(value);
      });
    });
  }

  #path(messageId: string): string {
    return join(this.#options.directory, `${messageId}.wav`);
  }
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
