import type { Person } from '#shared/contract/index.ts';
import type { Role } from '#shared/domain/index.ts';
import type { Unbranded } from '../contract-server/index.ts';
import type { ReadDb } from '../store/types.ts';

export type PersonData = Unbranded<Person>;

interface PersonRow {
  id: string;
  displayName: string;
  role: Role;
  sipUser: string;
  active: number;
}

const COLUMNS = 'id, displayName, role, sipUser, active';

function toPerson(row: PersonRow): PersonData {
  const { id, displayName, role, sipUser } = row;
  return { personId: id, displayName, role, sipUser, active: row.active === 1 };
}

/** @returns null when there is no such person */
export function findPerson(db: ReadDb, personId: string): PersonData | null {
  const row = db.get<PersonRow>(
    `SELECT ${COLUMNS} FROM person WHERE id = ? AND deletedAt IS NULL`,
    personId,
  );
  return row ? toPerson(row) : null;
}

/** In order of creation; without the machine's own entry, which is nobody's name. */
export function listPeople(db: ReadDb): PersonData[] {
  return db
    .all<PersonRow>(
      `SELECT ${COLUMNS} FROM person WHERE deletedAt IS NULL AND role <> 'machine' ORDER BY id`,
    )
    .map(toPerson);
}

/** The longest-standing active person of a role: the owner for `admin`, the command line for `machine`. */
export function firstOfRole(db: ReadDb, role: Role): PersonData | null {
  const row = db.get<PersonRow>(
    `SELECT ${COLUMNS} FROM person
     WHERE role = ? AND active = 1 AND deletedAt IS NULL ORDER BY id LIMIT 1`,
    role,
  );
  return row ? toPerson(row) : null;
}

export function countActiveAdmins(db: ReadDb): number {
  const row = db.get<{ count: number }>(
    `SELECT count(*) AS count FROM person
     WHERE role = 'admin' AND active = 1 AND deletedAt IS NULL`,
  );
  return row?.count ?? 0;
}
