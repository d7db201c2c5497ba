import type { RulePack } from '#shared/rule-packs/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { type CalendarTable, createCalendars } from '../calendars/calendars.ts';
import { compilePack, type Evaluation } from '../engine/index.ts';
import type { ContactRequest } from '../types.ts';
import { createAsker, type DoorParts, type Verdict } from './decide.ts';
import { type KeptFacts, unpackFacts } from './decision-facts.ts';
import { type KeptText, readKept } from './keep-evidence.ts';

/** What was kept of an answer. */
export interface KeptDecision {
  at: number;
  requestJson: string;
  resultJson: string;
  packsJson: string;
}

/** An old question answered again. */
export interface Replay {
  request: ContactRequest;
  at: number;
  /** what was answered then; null: not readable any more */
  then: Evaluation | null;
  /** the same question, asked again; null when something that it rested on is gone */
  again: Pick<Verdict, 'evaluation' | 'question' | 'applying'> | null;
  facts: KeptFacts | null;
  /** null when it cannot be known */
  same: boolean | null;
}

/**
 * Answers an old question from its old facts with its old packs and calendars. What the door itself refused (clock,
 * packs that were missing) rested on no rule and is not asked again.
 * @returns null when there is no such decision
 */
export function replay(
  parts: Pick<DoorParts, 'calendars' | 'horizonDays'>,
  db: ReadDb,
  decisionId: string,
): Replay | null {
  const row = db.get<KeptDecision & { facts: unknown }>(
    `SELECT d.at, d.requestJson, d.resultJson, d.packsJson, f.facts
     FROM contactDecision d LEFT JOIN contactDecisionFacts f ON f.id = d.id WHERE d.id = ?`,
    decisionId,
  );
  if (!row) return null;
  const request = JSON.parse(row.requestJson) as ContactRequest;
  const result = JSON.parse(row.resultJson) as Evaluation & { calendars?: KeptText[] };
  const then = Array.isArray(result.blockedBy) ? result : null;
  const facts = unpackFacts(row.facts);
  const again = facts === null ? null : askAgain(parts, db, { row, request, result, facts });
  const same = again === null || then === null ? null : isSame(then, again.evaluation);
  return { request, at: row.at, then, again, facts, same };
}

function askAgain(
  parts: Pick<DoorParts, 'calendars' | 'horizonDays'>,
  db: ReadDb,
  kept: {
    row: KeptDecision;
    request: ContactRequest;
    result: { calendars?: KeptText[] };
    facts: KeptFacts;
  },
): Replay['again'] {
  const named = JSON.parse(kept.row.packsJson) as KeptText[];
  const packs = named.flatMap((one) => readKept<RulePack>(db, one) ?? []);
  if (packs.length === 0 || packs.length < named.length) return null;
  const tables = (kept.result.calendars ?? []).map((one) => readKept<CalendarTable[]>(db, one));
  if (tables.includes(undefined)) return null;
  // a decision that names no calendars is from before they were kept, or from a door without any
  const calendars =
    tables.length === 0 ? parts.calendars : createCalendars(tables.flatMap((each) => each ?? []));
  const compiled = packs.map((pack) => ({ pack, rules: compilePack(pack) }));
  const applying = { packs: compiled, rules: compiled.flatMap(({ rules }) => rules) };
  const ask = createAsker({ calendars, horizonDays: parts.horizonDays }, kept.row.at);
  const { evaluation, question } = ask(kept.request, kept.facts, applying);
  return { evaluation, question, applying };
}

/** Everything that was answered, whatever the order of rules with the same date. */
function isSame(then: Evaluation, again: Evaluation): boolean {
  return comparable(then) === comparable(again);
}

function comparable(evaluation: Evaluation): string {
  const { allowed, blockedBy, warnings, nextAllowedAt, obligations } = evaluation;
  const sorted = (list: readonly object[]) => list.map((one) => JSON.stringify(one)).sort();
  return JSON.stringify([
    allowed,
    nextAllowedAt,
    sorted(blockedBy),
    sorted(warnings),
    sorted(obligations),
  ]);
}
