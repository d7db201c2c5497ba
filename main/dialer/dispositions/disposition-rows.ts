import type {
  DispositionCode,
  DispositionEffect,
  DispositionNext,
} from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';

export type DispositionView = Unbranded<DispositionCode>;

interface Row extends Omit<DispositionView, 'active' | 'next' | 'used'> {
  active: number;
  nextJson: string;
}

/** What an outcome of this code means, as a call that is disposed needs it. */
export interface Outcome {
  effect: DispositionEffect;
  next: DispositionNext;
}

const SELECT = `SELECT d.id AS dispositionCodeId, d.code, d.label, d.key, d.effect, d.nextJson, d.active, d.position
  FROM dispositionCode d WHERE d.deletedAt IS NULL`;

/** All codes in the order of the firm. */
export function listDispositions(read: ReadDb): DispositionView[] {
  return read
    .all<Row>(`${SELECT} ORDER BY d.position, d.id`)
    .map((row) => toView(row, countUsed(read, row.code)));
}

/** The same without counting calls: what wrap-up offers. */
export function offeredDispositions(read: ReadDb) {
  return read.all<Row>(`${SELECT} ORDER BY d.position, d.id`).map((row) => {
    const { code, label, key, effect, next, active } = toView(row, 0);
    return { code, label, key, effect, next, active };
  });
}

export function findDisposition(
  read: ReadDb,
  dispositionCodeId: string,
): DispositionView | undefined {
  const row = read.get<Row>(`${SELECT} AND d.id = ?`, dispositionCodeId);
  return row && toView(row, countUsed(read, row.code));
}

/** @returns null: no such code */
export function outcomeOf(read: ReadDb, code: string): Outcome | null {
  const row = read.get<{ effect: DispositionEffect; nextJson: string }>(
    'SELECT effect, nextJson FROM dispositionCode WHERE code = ? AND deletedAt IS NULL LIMIT 1',
    code,
  );
  return row ? { effect: row.effect, next: readNext(row.nextJson) } : null;
}

function countUsed(read: ReadDb, code: string): number {
  const row = read.get<{ used: number }>(
    'SELECT count(*) AS used FROM attempt WHERE dispositionCode = ?',
    code,
  );
  return row?.used ?? 0;
}

function toView({ active, nextJson, ...row }: Row, used: number): DispositionView {
  return { ...row, active: active === 1, next: readNext(nextJson), used };
}

function readNext(json: string): DispositionNext {
  return JSON.parse(json) as DispositionNext;
}
