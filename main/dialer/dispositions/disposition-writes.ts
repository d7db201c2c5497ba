import {
  type DispositionEffect,
  type DispositionNext,
  dispositionEffect,
} from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { insertAuditEntry } from '../../access/writes.ts';
import type { ReadDb, WriteContext, WriteDb, WriteMap } from '../../store/types.ts';
import { type DispositionView, findDisposition } from './disposition-rows.ts';

export interface SaveDisposition {
  dispositionCodeId?: string | undefined;
  code?: string | undefined;
  label?: string | null | undefined;
  key?: string | null | undefined;
  effect?: DispositionEffect | undefined;
  next?: DispositionNext | undefined;
  active?: boolean | undefined;
  personId: string | null;
}

export const dispositionWrites = {
  'disposition.save': saveDisposition,
  'disposition.reorder': reorderDispositions,
} satisfies WriteMap;

/**
 * Adds an outcome or changes one. Its code stays: calls of the past have it.
 * @throws AppError `disposition.code-taken`, `disposition.key-taken`, `disposition.last-of-effect`, `contract.bad-input`,
 *   `contract.not-found`
 */
function saveDisposition(
  db: WriteDb,
  context: WriteContext,
  { personId, ...input }: SaveDisposition,
): { dispositionCodeId: string } {
  const dispositionCodeId =
    input.dispositionCodeId === undefined
      ? addDisposition(db, context, input)
      : changeDisposition(db, input.dispositionCodeId, input);
  const saved = requireDisposition(db, dispositionCodeId);
  assertKeyFree(db, saved);
  assertEveryEffect(db);
  const { used: _used, ...details } = saved;
  insertAuditEntry(db, context, { action: 'disposition.saved', personId, details });
  return { dispositionCodeId };
}

type Given = Omit<SaveDisposition, 'personId'>;

function addDisposition(db: WriteDb, context: WriteContext, input: Given): string {
  const { code, effect } = input;
  if (code === undefined || effect === undefined)
    throw new AppError('contract.bad-input', 'a new outcome needs a code and an effect');
  if (db.get('SELECT 1 FROM dispositionCode WHERE code = ?', code) !== undefined)
    throw new AppError('disposition.code-taken', 'an outcome has this code', { details: { code } });
  const last = db.get<{ last: number | null }>('SELECT max(position) AS last FROM dispositionCode');
  const id = context.newId();
  db.insert('dispositionCode', {
    id,
    code,
    label: labelOf(input.label) ?? null,
    key: input.key ?? null,
    effect,
    nextJson: JSON.stringify(input.next ?? {}),
    active: input.active === false ? 0 : 1,
    position: (last?.last ?? 0) + 1,
  });
  return id;
}

function changeDisposition(db: WriteDb, dispositionCodeId: string, input: Given): string {
  const before = requireDisposition(db, dispositionCodeId);
  if (input.code !== undefined && input.code !== before.code)
    throw new AppError('contract.bad-input', 'the code of an outcome never changes');
  const { label, key, effect, next, active } = input;
  const columns = {
    ...(label === undefined ? {} : { label: labelOf(label) }),
    ...(key === undefined ? {} : { key }),
    ...(effect === undefined ? {} : { effect }),
    ...(next === undefined ? {} : { nextJson: JSON.stringify(next) }),
    ...(active === undefined ? {} : { active: active ? 1 : 0 }),
  };
  if (Object.keys(columns).length > 0) db.update('dispositionCode', dispositionCodeId, columns);
  return dispositionCodeId;
}

/** Two outcomes on one key would be told apart by chance. */
function assertKeyFree(db: ReadDb, { dispositionCodeId, key, active }: DispositionView): void {
  if (key === null || !active) return;
  const other = db.get<{ code: string }>(
    'SELECT code FROM dispositionCode WHERE key = ? AND active = 1 AND id <> ? AND deletedAt IS NULL LIMIT 1',
    key,
    dispositionCodeId,
  );
  if (other)
    throw new AppError('disposition.key-taken', 'another outcome has this key', {
      details: { key, code: other.code },
    });
}

/** Without an outcome for it nobody could record a promise, a wrong number or the wish not to be called. */
function assertEveryEffect(db: ReadDb): void {
  const rows = db.all<{ effect: string }>(
    'SELECT DISTINCT effect FROM dispositionCode WHERE active = 1 AND deletedAt IS NULL',
  );
  const left = new Set(rows.map((row) => row.effect));
  const missing = dispositionEffect.options.find((effect) => !left.has(effect));
  if (missing !== undefined)
    throw new AppError('disposition.last-of-effect', 'no other outcome does this', {
      details: { effect: missing },
    });
}

/** Those named come in their order, the others after them as they stood. */
function reorderDispositions(
  db: WriteDb,
  context: WriteContext,
  { order, personId }: { order: readonly string[]; personId: string | null },
): void {
  const stored = db.all<{ id: string; position: number }>(
    'SELECT id, position FROM dispositionCode WHERE deletedAt IS NULL ORDER BY position, id',
  );
  const places = new Map(order.map((id, index) => [id, index]));
  const placeOf = (id: string) => places.get(id) ?? order.length;
  const sorted = stored.toSorted((one, other) => placeOf(one.id) - placeOf(other.id));
  for (const [index, { id, position }] of sorted.entries())
    if (position !== index + 1) db.update('dispositionCode', id, { position: index + 1 });
  insertAuditEntry(db, context, {
    action: 'disposition.reordered',
    personId,
    details: { order: sorted.map(({ id }) => id) },
  });
}

function requireDisposition(db: ReadDb, dispositionCodeId: string): DispositionView {
  const found = findDisposition(db, dispositionCodeId);
  if (!found) throw new AppError('contract.not-found', 'no such outcome');
  return found;
}

/** An empty name is none: the translated one is shown. */
function labelOf(label: string | null | undefined): string | null | undefined {
  return label === '' ? null : label;
}
