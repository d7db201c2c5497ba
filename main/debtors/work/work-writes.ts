import type { WorkSettings } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/index.ts';
import { contactPointWrites } from '../contact-points/contact-point-writes.ts';
import type { FirmRate } from '../ledger/interest-rates.ts';
import { mergeWrites } from '../merge/merge-writes.ts';
import { planWrites } from '../plans/plan-writes.ts';
import { promiseWrites } from '../promises/promise-writes.ts';
import { blockWrites } from './block-writes.ts';
import { callbackWrites } from './callback-writes.ts';
import { consentWrites } from './consent-writes.ts';
import { debtorEditWrites } from './debtor-edit-writes.ts';
import { flagWrites } from './flag-writes.ts';
import { noticeWrites } from './notice-writes.ts';
import { paymentWrites } from './payment-writes.ts';
import { placeWrites } from './place-writes.ts';
import { relationWrites } from './relation-writes.ts';
import { requireDebtor } from './require-debtor.ts';
import { seedScripts } from './seed-scripts.ts';
import { settleDueChunk } from './settle-due.ts';
import { saveFirmRate, saveWorkSettings } from './work-settings.ts';
import { writeOffWrites } from './write-off-writes.ts';

/** Writes of the work on debtors, for the writer thread. */
export const workWrites = {
  ...blockWrites,
  ...callbackWrites,
  ...consentWrites,
  ...contactPointWrites,
  ...debtorEditWrites,
  ...flagWrites,
  ...mergeWrites,
  ...noticeWrites,
  ...paymentWrites,
  ...placeWrites,
  ...planWrites,
  ...promiseWrites,
  ...relationWrites,
  ...writeOffWrites,
  'debtor.reveal-national-id': revealNationalId,
  'interest-rate.save': saveRate,
  'recording.keep-waveform': keepWaveform,
  'work.save-settings': saveSettings,
  'work.seed-scripts': (db: WriteDb, context: WriteContext, _input: null): void =>
    seedScripts(db, context),
  'work.settle-due': settleDueChunk,
} satisfies WriteMap;

/** The number is told only with its line in the audit. @throws AppError `contract.not-found` */
function revealNationalId(
  db: WriteDb,
  context: WriteContext,
  input: { debtorId: string; reason?: string | undefined; personId: string | null },
): { debtorId: string } {
  const debtor = requireDebtor(db, input.debtorId, context.now);
  insertAuditEntry(db, context, {
    action: 'debtor.national-id-revealed',
    personId: input.personId,
    details: { debtorId: debtor.id, ...(input.reason ? { reason: input.reason } : {}) },
  });
  return { debtorId: debtor.id };
}

/** @throws AppError `interest-rate.bad-dates` */
function saveRate(
  db: WriteDb,
  context: WriteContext,
  { personId, ...rate }: FirmRate & { personId: string | null },
): Record<string, never> {
  if (rate.through < rate.from) {
    throw new AppError('interest-rate.bad-dates', 'it ends before it begins');
  }
  saveFirmRate(db, context, rate);
  const details = { ...rate };
  insertAuditEntry(db, context, { action: 'interest-rate.saved', personId, details });
  return {};
}

function saveSettings(
  db: WriteDb,
  context: WriteContext,
  { personId, ...changed }: Partial<WorkSettings> & { personId: string | null },
): WorkSettings {
  insertAuditEntry(db, context, { action: 'work.settings-saved', personId, details: changed });
  return saveWorkSettings(db, context, changed);
}

function keepWaveform(
  db: WriteDb,
  _context: WriteContext,
  input: { recordingId: string; durationMs: number; left: number[]; right: number[] },
): void {
  const { recordingId, durationMs, left, right } = input;
  db.run(
    'INSERT OR REPLACE INTO waveform (id, durationMs, leftJson, rightJson) VALUES (?, ?, ?, ?)',
    recordingId,
    durationMs,
    JSON.stringify(left),
    JSON.stringify(right),
  );
}
