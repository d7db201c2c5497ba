import { createHash } from 'node:crypto';
import type { RulePack } from '#shared/rule-packs/index.ts';
import type { ReadDb, WriteContext, WriteDb } from '../../store/types.ts';
import type { CalendarTable } from '../calendars/calendars.ts';

/** A pack or a holiday table as a decision names it; `rowId` is a row of rulePack that holds it. */
export interface KeptText {
  id: string;
  version: string;
  rowId: string;
}

/** Rows of packs and of calendars stand in one table; no pack's id has a colon. */
const calendarPrefix = 'calendar:';

interface Text {
  id: string;
  version: string;
  rowId: string;
  json: string;
}

const textOfPack = new WeakMap<RulePack, Text>();

/** Keeps the pack a decision rests on, once, so that it can be replayed after the pack has changed. */
export function keepPack(db: WriteDb, context: WriteContext, pack: RulePack): KeptText {
  let text = textOfPack.get(pack);
  if (!text) {
    text = toText(pack.id, pack.version, JSON.stringify(pack));
    textOfPack.set(pack, text);
  }
  return keep(db, context, text);
}

/** Keeps the holiday tables of some countries as they were. */
export function keepCalendars(
  db: WriteDb,
  context: WriteContext,
  tables: readonly CalendarTable[],
  countries: ReadonlySet<string>,
): KeptText[] {
  return textsOfCalendars(tables)
    .filter(({ id }) => countries.has(id.slice(calendarPrefix.length)))
    .map((text) => keep(db, context, text));
}

const textsOfTables = new WeakMap<readonly CalendarTable[], Text[]>();

/** One text for each country with its parts; its version is what is in it. */
function textsOfCalendars(tables: readonly CalendarTable[]): Text[] {
  const known = textsOfTables.get(tables);
  if (known) return known;
  const byCountry = Map.groupBy(tables, ({ id }) => id.slice(0, 2));
  const texts = [...byCountry].map(([country, ofCountry]) => {
    const json = JSON.stringify(ofCountry);
    return toText(`${calendarPrefix}${country}`, digest(json), json);
  });
  textsOfTables.set(tables, texts);
  return texts;
}

/** Ids say what is in a row, so that it is found by its key and never written twice. */
function toText(id: string, version: string, json: string): Text {
  return { id, version, json, rowId: `${id}@${version}#${digest(json)}` };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function keep(db: WriteDb, context: WriteContext, { id, version, rowId, json }: Text): KeptText {
  if (db.get('SELECT 1 FROM rulePack WHERE id = ?', rowId) === undefined) {
    const row = { id: rowId, packId: id, version, packJson: json, loadedAt: context.now };
    db.insert('rulePack', row);
  }
  return { id, version, rowId };
}

/** @returns undefined when the row is gone or damaged */
export function readKept<Value>(db: ReadDb, { rowId }: { rowId: string }): Value | undefined {
  const row = db.get<{ packJson: string }>('SELECT packJson FROM rulePack WHERE id = ?', rowId);
  if (!row) return undefined;
  try {
    return JSON.parse(row.packJson) as Value;
  } catch {
    return undefined;
  }
}
