import { AppError, invariant } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import type { WriteContext, WriteDb, WriteMap } from '../../store/types.ts';
import { rejectsSettingId } from '../import/rejects-store.ts';
import { personRowsSql, personTable } from './person-rows.ts';
import type { EraseRule } from './person-tables.ts';
import { redactJson } from './redact.ts';

/** Rows of one transaction: a call's writes never wait behind more. */
const ROWS_AT_ONCE = 200;
const AUDIT_ROWS_AT_ONCE = 5_000;

export interface BeginErasure {
  debtorId: string;
  /** with all who were merged into them */
  ids: readonly string[];
  personId: string | null;
  reason: string | null;
  jurisdiction: string;
  /** groups that a law keeps */
  kept: readonly string[];
}

/** Writes of erasures, for the writer thread. Each can be repeated. */
export const erasureWrites = {
  'erasure.begin': begin,
  'erasure.stopWork': stopWork,
  'erasure.clean': clean,
  'erasure.redactAudit': redactAudit,
  'erasure.eraseRows': eraseRows,
  'erasure.advance': (
    db: WriteDb,
    _context: WriteContext,
    input: { erasureId: string; step: number },
  ): void => db.update('erasure', input.erasureId, { step: input.step }),
  'erasure.finish': finish,
  'erasure.expire': (
    db: WriteDb,
    context: WriteContext,
    input: { erasureId: string; kept: readonly string[] },
  ): void => {
    db.update('erasure', input.erasureId, { keptJson: JSON.stringify(input.kept) });
    const details = { ...input };
    insertAuditEntry(db, context, { action: 'erasure.expired', personId: null, details });
  },
  'erasure.fail': (
    db: WriteDb,
    _context: WriteContext,
    input: { erasureId: string; error: string },
  ): void => db.update('erasure', input.erasureId, { state: 'failed', error: input.error }),
  'erasure.resume': (db: WriteDb, _context: WriteContext, input: { erasureId: string }): void =>
    db.update('erasure', input.erasureId, { state: 'running', error: null }),
} satisfies WriteMap;

/** @throws AppError `contract.not-found`, `erasure.already-erased`, `erasure.call-up` */
function begin(db: WriteDb, context: WriteContext, input: BeginErasure): { erasureId: string } {
  const { debtorId, ids, personId, reason, jurisdiction, kept } = input;
  const debtor = db.get<{ erasedAt: number | null }>(
    'SELECT erasedAt FROM debtor WHERE id = ? AND deletedAt IS NULL',
    debtorId,
  );
  if (!debtor) throw new AppError('contract.not-found', 'no such debtor');
  if (debtor.erasedAt !== null) {
    throw new AppError('erasure.already-erased', 'this debtor was erased already');
  }
  const call = db.get(
    `SELECT 1 FROM attempt WHERE debtorId IN (SELECT value FROM json_each(?)) AND endedAt IS NULL`,
    JSON.stringify(ids),
  );
  if (call) throw new AppError('erasure.call-up', 'a call with this debtor is up');
  const known = db.get<{ id: string }>(
    "SELECT id FROM erasure WHERE debtorId = ? AND state <> 'finished' ORDER BY id LIMIT 1",
    debtorId,
  );
  if (known) {
    db.update('erasure', known.id, { state: 'running', error: null });
    return { erasureId: known.id };
  }
  const erasureId = context.newId();
  db.insert('erasure', {
    id: erasureId,
    debtorId,
    personId,
    reason,
    jurisdiction,
    keptJson: JSON.stringify(kept),
    state: 'running',
    startedAt: context.now,
  });
  const details = { erasureId, debtorId, jurisdiction };
  insertAuditEntry(db, context, { action: 'erasure.started', personId, details });
  return { erasureId };
}

/** Nobody is dialed, called back, written to or promised anything any more. */
function stopWork(db: WriteDb, context: WriteContext, { ids }: { ids: readonly string[] }): void {
  const who = JSON.stringify(ids);
  const entries = db.all<{ id: string }>(
    `SELECT id FROM contactListEntry WHERE debtorId IN (SELECT value FROM json_each(?))
       AND status IN ('pending', 'waiting')`,
    who,
  );
  for (const { id } of entries) {
    const columns = { status: 'skipped', doneReason: 'erased', updatedAt: context.now };
    db.update('contactListEntry', id, columns);
  }
  const callbacks = db.all<{ id: string }>(
    `SELECT id FROM callback WHERE debtorId IN (SELECT value FROM json_each(?)) AND status = 'open'`,
    who,
  );
  for (const { id } of callbacks) db.update('callback', id, { status: 'cancelled' });
  cancelMessages(db, context, who);
  suppress(db, context, who);
}

/** What has not left stays here; a reservation that one of them had lapses unused. */
function cancelMessages(db: WriteDb, context: WriteContext, who: string): void {
  const waiting = db.all<{ id: string }>(
    `SELECT id FROM message WHERE debtorId IN (SELECT value FROM json_each(?)) AND state = 'queued'`,
    who,
  );
  const columns = { state: 'cancelled', nextAt: null, finishedAt: context.now };
  for (const { id } of waiting) db.update('message', id, columns);
}

/** Whoever has objected stays uncalled: those numbers, and nothing else, go to the do-not-call list. */
function suppress(db: WriteDb, context: WriteContext, who: string): void {
  const numbers = db.all<{ number: string }>(
    `SELECT DISTINCT p.value AS number FROM contactPoint p JOIN hold h ON h.debtorId = p.debtorId
     WHERE p.debtorId IN (SELECT value FROM json_each(?)) AND p.value LIKE '+%'
       AND h.kind IN ('cease', 'objection', 'mediumOptOut') AND h.liftedAt IS NULL AND h.deletedAt IS NULL
       AND (h.contactPointId IS NULL OR h.contactPointId = p.id)
       AND NOT EXISTS (SELECT 1 FROM doNotCall n WHERE n.number = p.value AND n.deletedAt IS NULL)`,
    who,
  );
  for (const { number } of numbers) {
    const id = context.newId();
    db.insert('doNotCall', { id, list: 'erased', number, createdAt: context.now });
  }
}

/** Replies that are kept for repeated commands, and keys of files with rejected records of the debtor's portfolios. */
function clean(
  db: WriteDb,
  _context: WriteContext,
  { ids, strings }: { ids: readonly string[]; strings: readonly string[] },
): void {
  const who = JSON.stringify(ids);
  db.run(
    'DELETE FROM commandReply WHERE EXISTS (SELECT 1 FROM json_each(?) s WHERE instr(replyJson, s.value) > 0)',
    JSON.stringify([...ids, ...strings.map(asInJson)]),
  );
  const jobs = db.all<{ id: string }>(
    `SELECT id FROM importJob WHERE portfolioId IN (
       SELECT portfolioId FROM debtor WHERE id IN (SELECT value FROM json_each(?)))`,
    who,
  );
  for (const { id } of jobs) db.run('DELETE FROM setting WHERE id = ?', rejectsSettingId(id));
}

/** What JSON text holds of a string. */
function asInJson(string: string): string {
  return JSON.stringify(string).slice(1, -1);
}

/** @returns where to go on; null at the end */
function redactAudit(
  db: WriteDb,
  _context: WriteContext,
  input: { ids: readonly string[]; strings: readonly string[]; after: string },
): { next: string | null } {
  const page = db.all<{ id: string }>(
    `SELECT id FROM auditEntry WHERE id > ? ORDER BY id LIMIT ${AUDIT_ROWS_AT_ONCE}`,
    input.after,
  );
  const last = page.at(-1);
  if (last === undefined) return { next: null };
  const found = db.all<{ id: string; detailsJson: string }>(
    `SELECT id, detailsJson FROM auditEntry WHERE id > ? AND id <= ?
       AND EXISTS (SELECT 1 FROM json_each(?) s WHERE instr(detailsJson, s.value) > 0)`,
    input.after,
    last.id,
    JSON.stringify([...input.ids, ...input.strings.map(asInJson)]),
  );
  for (const { id, detailsJson } of found) {
    const redacted = redactJson(detailsJson, input.strings);
    if (redacted !== detailsJson) db.update('auditEntry', id, { detailsJson: redacted });
  }
  return { next: page.length < AUDIT_ROWS_AT_ONCE ? null : last.id };
}

export interface EraseRows {
  table: string;
  ids: readonly string[];
  strings: readonly string[];
  kept: readonly string[];
  /** go on after this id */
  after: string;
}

/** Applies the rules of one table to some rows. @returns where to go on; null at the end */
function eraseRows(
  db: WriteDb,
  context: WriteContext,
  input: EraseRows,
): { next: string | null; rows: number } {
  const rules = personTable(input.table).erase.filter(
    (rule) => rule.kind !== 'keep' && !isKept(rule, input.kept),
  );
  if (rules.length === 0) return { next: null, rows: 0 };
  const who = JSON.stringify(input.ids);
  if (rules.some((rule) => rule.kind === 'delete')) return deleteCopies(db, input.table, who);
  const rest = `AND id > ? ORDER BY id LIMIT ${ROWS_AT_ONCE}`;
  const sql = personRowsSql(input.table, '*', rest);
  const rows = db.all<Row>(sql, who, input.after);
  for (const row of rows) {
    const columns = Object.assign({}, ...rules.map((rule) => columnsOf(rule, row, input, context)));
    const differing = Object.entries(columns).filter(([name, value]) => row[name] !== value);
    if (differing.length > 0) db.update(input.table, row.id, Object.fromEntries(differing));
  }
  const last = rows.at(-1);
  const next = rows.length < ROWS_AT_ONCE || last === undefined ? null : last.id;
  return { next, rows: rows.length };
}

type Row = Record<string, unknown> & { id: string };

function isKept(rule: EraseRule, kept: readonly string[]): boolean {
  return rule.kind === 'empty' && rule.unless !== undefined && kept.includes(rule.unless);
}

function columnsOf(
  rule: EraseRule,
  row: Row,
  { strings }: EraseRows,
  context: WriteContext,
): Record<string, unknown> {
  switch (rule.kind) {
    case 'empty': {
      const { stamp } = rule;
      const stamped = stamp === undefined ? {} : { [stamp]: row[stamp] ?? context.now };
      return { ...rule.columns, ...stamped };
    }
    case 'redact': {
      const redacted = rule.columns.map((column) => [
        column,
        redactJson(String(row[column]), strings),
      ]);
      return { ...Object.fromEntries(redacted), ...rule.empty };
    }
    case 'keep':
    case 'delete':
      return {};
  }
}

/** Tables of this machine alone: whole rows go. Their texts are constant, as `run` wants it. */
function deleteCopies(
  db: WriteDb,
  table: string,
  who: string,
): { next: string | null; rows: number } {
  if (table === 'dialog') {
    const rows = db.all<{ id: string }>(personRowsSql('dialog', 'id'), who);
    for (const { id } of rows) db.run('DELETE FROM dialog WHERE id = ?', id);
    return { next: null, rows: rows.length };
  }
  if (table === 'lookupItem') {
    const rows = db.all<{ id: string }>(personRowsSql('lookupItem', 'id'), who);
    for (const { id } of rows) db.run('DELETE FROM lookupItem WHERE id = ?', id);
    return { next: null, rows: rows.length };
  }
  if (table === 'inboundPart') return deleteInboundParts(db, who);
  if (table === 'waveform') {
    const rows = db.all<{ id: string }>(personRowsSql('waveform', 'id'), who);
    for (const { id } of rows) db.run('DELETE FROM waveform WHERE id = ?', id);
    return { next: null, rows: rows.length };
  }
  invariant(table === 'importBefore', `no rule deletes rows of ${table}`);
  const rows = db.all<{ importJobId: string; tableName: string; rowId: string }>(
    personRowsSql('importBefore', 'importJobId, tableName, rowId'),
    who,
  );
  for (const { importJobId, tableName, rowId } of rows) {
    db.run(
      'DELETE FROM importBefore WHERE importJobId = ? AND tableName = ? AND rowId = ?',
      importJobId,
      tableName,
      rowId,
    );
  }
  return { next: null, rows: rows.length };
}

function deleteInboundParts(db: WriteDb, who: string): { next: null; rows: number } {
  const rows = db.all<{ gatewayId: string; groupKey: string; part: number }>(
    personRowsSql('inboundPart', 'gatewayId, groupKey, part'),
    who,
  );
  for (const { gatewayId, groupKey, part } of rows) {
    db.run(
      'DELETE FROM inboundPart WHERE gatewayId = ? AND groupKey = ? AND part = ?',
      gatewayId,
      groupKey,
      part,
    );
  }
  return { next: null, rows: rows.length };
}

/** Ends an erasure; its entry in the audit names nobody. */
function finish(
  db: WriteDb,
  context: WriteContext,
  input: { erasureId: string; ids: readonly string[] },
): void {
  const erasure = db.get<{ debtorId: string; personId: string | null; keptJson: string }>(
    "SELECT debtorId, personId, keptJson FROM erasure WHERE id = ? AND state <> 'finished'",
    input.erasureId,
  );
  if (!erasure) return;
  const debtors = db.all<{ id: string }>(
    'SELECT id FROM debtor WHERE id IN (SELECT value FROM json_each(?))',
    JSON.stringify(input.ids),
  );
  for (const { id } of debtors) db.update('debtor', id, { erasedAt: context.now });
  db.update('erasure', input.erasureId, {
    state: 'finished',
    finishedAt: context.now,
    error: null,
  });
  insertAuditEntry(db, context, {
    action: 'erasure.finished',
    personId: erasure.personId,
    details: {
      erasureId: input.erasureId,
      debtorId: erasure.debtorId,
      kept: JSON.parse(erasure.keptJson),
    },
  });
}
