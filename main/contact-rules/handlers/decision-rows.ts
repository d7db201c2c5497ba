import type { DecisionRow } from '#shared/contract/index.ts';
import type { Unbranded } from '../../contract-server/types.ts';
import type { ReadDb } from '../../store/types.ts';
import { shownRefusal } from '../door/answer.ts';
import type { Refusal } from '../types.ts';

type Shown = Unbranded<DecisionRow>;

type Row = Omit<Shown, 'allowed' | 'blockedBy' | 'packs'> & {
  allowed: number;
  resultJson: string;
  packsJson: string;
  /** who it was done for */
  personName: string | null;
};

/** A contact with a number of nobody we know is kept under the number, which is no debtor's id. */
const columns = `d.id AS decisionId, d.at, iif(d.debtorId LIKE 'number:%', NULL, d.debtorId) AS debtorId, debtor.displayName,
  d.number, d.channel, d.mode, d.allowed, d.resultJson, d.packsJson, decider.displayName AS overriddenByName,
  d.overrideReason, asker.displayName AS personName
  FROM contactDecision d LEFT JOIN debtor ON debtor.id = d.debtorId
  LEFT JOIN person decider ON decider.id = d.overriddenBy
  LEFT JOIN person asker ON asker.id = iif(json_valid(d.requestJson), json_extract(d.requestJson, '$.personId'), NULL)`;

/** The newest first; ids are UUIDv7, so that they are in the order of time. */
const page = `d.id < ? AND (? IS NULL OR d.allowed = ?) AND (? IS NULL OR (d.overrideId IS NOT NULL) = ?)
  ORDER BY d.id DESC LIMIT ?`;

const ofAll = `SELECT ${columns} WHERE ${page}`;
const ofDebtor = `SELECT ${columns} WHERE d.debtorId = ? AND ${page}`;
const ofCall = `SELECT ${columns}
  WHERE d.id IN (SELECT e.decisionId FROM contactEvent e WHERE e.callId = ? AND e.decisionId IS NOT NULL) AND ${page}`;
/** few of very many: they are found by the overrides that they used */
const ofOverrides = `SELECT ${columns}
  WHERE d.id IN (SELECT o.decisionId FROM contactOverride o WHERE o.state = 'used') AND ${page}`;

export interface DecisionFilter {
  debtorId?: string | undefined;
  callId?: string | undefined;
  allowed?: boolean | undefined;
  overridden?: boolean | undefined;
  /** id of a decision: only older ones */
  before?: string | undefined;
  limit: number;
}

/** Later than every id. */
const newest = 'z';

export function listDecisions(
  db: ReadDb,
  filter: DecisionFilter,
): { decisions: Shown[]; more: boolean } {
  const { debtorId, callId, overridden, before = newest, limit } = filter;
  const allowed = flag(filter.allowed);
  const used = flag(overridden);
  const rest = [before, allowed, allowed, used, used, limit + 1];
  const rows = () => {
    if (callId !== undefined) return db.all<Row>(ofCall, callId, ...rest);
    if (debtorId !== undefined) return db.all<Row>(ofDebtor, debtorId, ...rest);
    return db.all<Row>(overridden === true ? ofOverrides : ofAll, ...rest);
  };
  const found = rows().filter((row) => debtorId === undefined || row.debtorId === debtorId);
  return { decisions: found.slice(0, limit).map(shown), more: found.length > limit };
}

/** @returns null when there is no such decision */
export function loadDecision(
  db: ReadDb,
  decisionId: string,
): { decision: Shown; personName: string | null } | null {
  const row = db.get<Row>(`SELECT ${columns} WHERE d.id = ?`, decisionId);
  return row ? { decision: shown(row), personName: row.personName } : null;
}

function flag(value: boolean | undefined): number | null {
  return value === undefined ? null : Number(value);
}

function shown({ allowed, resultJson, packsJson, personName: _name, ...row }: Row): Shown {
  return {
    ...row,
    allowed: allowed === 1,
    blockedBy: parse<{ blockedBy?: Refusal[] }>(resultJson, {}).blockedBy?.map(shownRefusal) ?? [],
    packs: parse<{ id: string; version: string }[]>(packsJson, []).map(({ id, version }) => ({
      id,
      version,
    })),
  };
}

/** An erasure may leave anything in a text that named a person. */
function parse<Value>(json: string, otherwise: Value): Value {
  try {
    return (JSON.parse(json) as Value | null) ?? otherwise;
  } catch {
    return otherwise;
  }
}
