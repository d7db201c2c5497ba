import type { AllocationOrder, WorkSettings } from '#shared/contract/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../store/index.ts';
import { LAWFUL_ORDER } from '../ledger/allocation.ts';
import type { FirmRate } from '../ledger/interest-rates.ts';

const SETTINGS = 'work/settings';
const RATES = 'work/interest-rates';

export const DEFAULT_WORK_SETTINGS: WorkSettings = {
  allocationOrder: null,
  graceDays: 3,
  planBrokenAfterDays: 14,
  minimumInstalmentMinor: 1_000,
  planLongestMonths: 60,
};

export function readWorkSettings(db: ReadDb): WorkSettings {
  return { ...DEFAULT_WORK_SETTINGS, ...(read(db, SETTINGS) as Partial<WorkSettings> | null) };
}

export function saveWorkSettings(
  db: WriteDb,
  context: WriteContext,
  changed: Partial<WorkSettings>,
): WorkSettings {
  const settings = { ...readWorkSettings(db), ...changed };
  save(db, context, SETTINGS, settings);
  return settings;
}

/** The firm's own, or the law's. */
export function allocationOrderOf(db: ReadDb): AllocationOrder {
  return readWorkSettings(db).allocationOrder ?? LAWFUL_ORDER;
}

/** Rates that an admin entered because they are newer than the program. */
export function readFirmRates(db: ReadDb): FirmRate[] {
  return (read(db, RATES) as FirmRate[] | null) ?? [];
}

/** A rate of the same country, kind and first day is replaced. */
export function saveFirmRate(db: WriteDb, context: WriteContext, rate: FirmRate): FirmRate[] {
  const others = readFirmRates(db).filter(
    (one) =>
      one.jurisdiction !== rate.jurisdiction || one.kind !== rate.kind || one.from !== rate.from,
  );
  const rates = [...others, rate];
  save(db, context, RATES, rates);
  return rates;
}

function read(db: ReadDb, id: string): unknown {
  const row = db.get<{ valueJson: string }>('SELECT valueJson FROM setting WHERE id = ?', id);
  return row === undefined ? null : JSON.parse(row.valueJson);
}

function save(db: WriteDb, context: WriteContext, id: string, value: unknown): void {
  const columns = { valueJson: JSON.stringify(value), updatedAt: context.now };
  if (db.get('SELECT 1 FROM setting WHERE id = ?', id) === undefined) {
    db.insert('setting', { id, ...columns });
  } else db.update('setting', id, columns);
}
