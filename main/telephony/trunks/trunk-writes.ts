import type { TrunkSettings } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { WriteContext, WriteDb } from '../../store/types.ts';

interface Save {
  /** absent: a new one */
  trunkId: string | null;
  settings: TrunkSettings;
  /** null: keep the stored one */
  password: string | null;
  enabled: boolean;
  practice: boolean;
  callerIds: { e164: string; label: string }[];
  /** who says by entering new numbers that they are the firm's own */
  personId?: string | null;
}

export const trunkWrites = {
  'trunk.save': (db: WriteDb, context: WriteContext, input: Save): { trunkId: string } => {
    const trunkId = input.trunkId ?? context.newId();
    const columns = {
      settingsJson: JSON.stringify(input.settings),
      ...(input.password === null ? {} : { password: input.password }),
      enabled: input.enabled ? 1 : 0,
      practice: input.practice ? 1 : 0,
    };
    if (input.trunkId === null)
      db.insert('trunk', { id: trunkId, ...columns, createdAt: context.now });
    else db.update('trunk', trunkId, columns);
    saveCallerIds(db, context, trunkId, input);
    return { trunkId };
  },

  'trunk.remove': (db: WriteDb, _context: WriteContext, input: { trunkId: string }): void => {
    const used = db.get(
      `SELECT 1 FROM campaign WHERE trunkId = ? AND status IN ('running','paused') AND deletedAt IS NULL LIMIT 1`,
      input.trunkId,
    );
    if (used !== undefined)
      throw new AppError('telephony.trunk-in-use', 'a campaign calls over this trunk');
    db.remove('trunk', input.trunkId);
    for (const row of numbersOf(db, input.trunkId)) db.remove('callerId', row.id);
  },
};

function saveCallerIds(
  db: WriteDb,
  context: WriteContext,
  trunkId: string,
  { callerIds: wanted, personId = null }: Pick<Save, 'callerIds' | 'personId'>,
): void {
  const present = numbersOf(db, trunkId);
  for (const row of present)
    if (!wanted.some((item) => item.e164 === row.e164)) db.remove('callerId', row.id);
  for (const item of wanted) {
    const row = present.find((candidate) => candidate.e164 === item.e164);
    if (!row)
      db.insert('callerId', {
        id: context.newId(),
        trunkId,
        ...item,
        proofJson: statement(context.now, personId),
        createdAt: context.now,
      });
    else if (row.label !== item.label) db.update('callerId', row.id, { label: item.label });
  }
}

/** Whoever enters a number with its trunk states that it is the firm's own; the pool may replace it by a better proof. */
function statement(at: number, personId: string | null): string {
  return JSON.stringify({ kind: 'statement', note: 'entered with the trunk', at, personId });
}

function numbersOf(db: WriteDb, trunkId: string): { id: string; e164: string; label: string }[] {
  return db.all(
    'SELECT id, e164, label FROM callerId WHERE trunkId = ? AND deletedAt IS NULL',
    trunkId,
  );
}
