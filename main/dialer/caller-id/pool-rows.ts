import type { CallerIdProof, PoolNumber } from '#shared/contract/caller-id.contract.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { isPracticeNumber } from '../../contact-rules/index.ts';
import type { ReadDb } from '../../store/types.ts';
import { isDialable, type NumberPlace, placeOfNumber } from './number-place.ts';
import type { PoolState, StateReason } from './pool-machine.ts';
import type { Schedule } from './schedule.ts';

/** A proof as it is stored. */
export type StoredProof = CallerIdProof & { at: number; personId: string | null };
export type RefusedBecause = PoolNumber['refusedBecause'];

/** A number that the firm shows, as the row says. */
export interface PoolRow {
  callerIdId: string;
  trunkId: string;
  trunkName: string;
  e164: string;
  label: string;
  state: PoolState;
  stateSince: number | null;
  proof: StoredProof | null;
  schedule: Schedule;
  maxPerHour: number | null;
  place: NumberPlace;
  /** why it may not be shown at all; null: it may */
  refusedBecause: RefusedBecause;
}

interface Row {
  callerIdId: string;
  trunkId: string;
  e164: string;
  label: string;
  state: PoolState['kind'];
  stateReason: StateReason | null;
  stateSince: number | null;
  restUntil: number | null;
  rests: number;
  proofJson: string | null;
  scheduleJson: string | null;
  maxPerHour: number | null;
  settingsJson: string | null;
  practice: number | null;
}

const SELECT = `SELECT n.id AS callerIdId, n.trunkId, n.e164, n.label, n.state, n.stateReason, n.stateSince, n.restUntil,
    n.rests, n.proofJson, n.scheduleJson, n.maxPerHour, t.settingsJson, t.practice
  FROM callerId n LEFT JOIN trunk t ON t.id = n.trunkId AND t.deletedAt IS NULL WHERE n.deletedAt IS NULL`;

export interface PoolContext {
  storeKind: StoreKind;
  /** ISO 3166: where the firm calls from, besides the countries of its trunks */
  siteCountries: readonly string[];
}

/** All numbers that the firm has, retired ones too. */
export function loadPool(db: ReadDb, context: PoolContext): PoolRow[] {
  return db.all<Row>(`${SELECT} ORDER BY n.e164, n.id`).map((row) => poolRow(row, context));
}

export function findPoolNumber(
  db: ReadDb,
  callerIdId: string,
  context: PoolContext,
): PoolRow | null {
  const row = db.get<Row>(`${SELECT} AND n.id = ?`, callerIdId);
  return row ? poolRow(row, context) : null;
}

function poolRow(row: Row, context: PoolContext): PoolRow {
  const { name = '', country = null } = trunkSettingsOf(row);
  const proof = row.proofJson === null ? null : (JSON.parse(row.proofJson) as StoredProof);
  const asked = { e164: row.e164, country, isPracticeTrunk: row.practice === 1, proven: !!proof };
  return {
    callerIdId: row.callerIdId,
    trunkId: row.trunkId,
    trunkName: name,
    e164: row.e164,
    label: row.label,
    state: stateOf(row),
    stateSince: row.stateSince,
    proof,
    schedule: row.scheduleJson === null ? [] : (JSON.parse(row.scheduleJson) as Schedule),
    maxPerHour: row.maxPerHour,
    place: placeOfNumber(row.e164),
    refusedBecause: refusalOf(asked, context),
  };
}

function trunkSettingsOf({ settingsJson }: Row): { name?: string; country?: string } {
  return settingsJson === null
    ? {}
    : (JSON.parse(settingsJson) as { name: string; country: string });
}

function stateOf({ state, stateReason, restUntil, rests }: Row): PoolState {
  if (state === 'active') return { kind: state, reason: stateReason, rests };
  const reason = stateReason ?? 'byHand';
  return state === 'resting'
    ? { kind: state, reason, until: restUntil, rests }
    : { kind: state, reason, rests };
}

export interface NumberAsked {
  e164: string;
  /** of its trunk */
  country: string | null;
  isPracticeTrunk: boolean;
  proven: boolean;
}

/**
 * Why a number may never be shown: it is withheld or no number, nobody could call it back, it belongs to another country than
 * the trunk and the firm, or nothing says that it is the firm's own. In practice stores made-up numbers of every country are
 * shown, and need no proof.
 */
export function refusalOf(
  { e164, country, isPracticeTrunk, proven }: NumberAsked,
  { storeKind, siteCountries }: PoolContext,
): RefusedBecause {
  if (!/^\+[1-9]\d{5,14}$/.test(e164)) return 'withheld';
  if (!isDialable(e164)) return 'notDialable';
  if (!isPracticeTrunk && !(storeKind === 'practice' && isPracticeNumber(e164))) {
    const own = placeOfNumber(e164).country;
    if (own === null || !(own === country || siteCountries.includes(own))) return 'foreign';
  }
  return storeKind === 'real' && !proven ? 'noProof' : null;
}
