import type { Logger } from '../contract-server/index.ts';
import { undisposedAttempts } from '../dialer/attempts/index.ts';
import type { OpenStore } from '../store/index.ts';
import type { OrphanDialog } from '../telephony/call/index.ts';
import { recordingWrites } from '../telephony/call/index.ts';
import type { Trunks } from '../telephony/trunks/index.ts';
import { attemptWrites, recoverWrites } from './writes.ts';

const AT_ONCE = { priority: 'call' } as const;

/**
 * Accounts for what a run that ended without warning left behind. Rows first, so that no attempt is tried again;
 * the far ends are told as soon as their trunk is open, and do not hold up the start.
 */
export async function recoverRows(store: OpenStore): Promise<OrphanDialog[]> {
  const recovered = await store.write(recoverWrites, 'attempt.recover', null, AT_ONCE);
  return recovered.orphans;
}

/** Sends CANCEL or BYE for every dialog of a dead run, so that nobody hangs in silence. */
export async function endOrphans(
  store: OpenStore,
  trunks: Trunks,
  orphans: readonly OrphanDialog[],
  logger: Logger,
): Promise<void> {
  await Promise.all(
    orphans.map(async (orphan) => {
      const endpoint = orphan.trunkId === null ? null : trunks.endpoint(orphan.trunkId);
      const { dialogId } = orphan;
      const outcome =
        (await endpoint?.endOrphan(orphan.identity, (identity) =>
          store.write(attemptWrites, 'attempt.dialog-confirmed', { dialogId, identity }, AT_ONCE),
        )) ?? 'no-trunk';
      logger.info('dialog of an earlier run ended', { outcome });
      await store.write(attemptWrites, 'attempt.dialog-ended', { dialogId });
    }),
  );
}

/** Recordings that were being written when the engine stopped: what reached the disk is kept and can be played. */
export async function recoverRecordings(
  store: OpenStore,
  inspect: (file: string, keyHex: string) => Promise<{ durationMs: number; bytes: number }>,
  logger: Logger,
): Promise<void> {
  const open = store.read.all<{ id: string; fileName: string; keyHex: string }>(
    "SELECT id, fileName, keyHex FROM recording WHERE state = 'recording'",
  );
  for (const row of open) {
    const found = await inspect(row.fileName, row.keyHex).catch((error: unknown) => {
      logger.warn('recording not recovered', { error: String(error) });
      return null;
    });
    await store.write(recordingWrites, 'recording.finish', {
      recordingId: row.id,
      state: found === null ? 'failed' : 'recovered',
      durationMs: found?.durationMs ?? null,
      bytes: found?.bytes ?? null,
    });
  }
}

/** A joined call of this person, from before a restart, that still wants its outcome. */
export function undisposedCallOf(store: OpenStore, personId: string): string | null {
  return undisposedAttempts(store.read).find((row) => row.personId === personId)?.callId ?? null;
}
