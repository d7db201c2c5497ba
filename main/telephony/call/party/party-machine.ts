import { assertNever } from '#shared/util/index.ts';

/**
 * Who is on the line of one call.
 *
 *              ┌──identified──▶ identified ──┐
 *   unknown ───┤                    │ thirdPerson
 *    ▲  ▲      └──thirdPerson──▶ thirdPerson ◀┘
 *    │  └──────────reset────────────┴─ (also from identified)
 *    └─ revealed: stays unknown, and the debt is shown
 */
export type PartyState =
  /** nobody was asked, or the answers did not match; `revealed`: the debt is shown for a reason that is kept */
  | { kind: 'unknown'; revealed: boolean }
  /** the debtor: these answers matched */
  | { kind: 'identified'; checks: readonly string[] }
  /** somebody else: the debt is hidden, and stays so until a reset */
  | { kind: 'thirdPerson'; relation: string | null };

export type PartyEvent =
  | { type: 'identified'; checks: readonly string[] }
  /** `relation` null: they did not say */
  | { type: 'thirdPerson'; relation: string | null }
  /** it was a slip of the finger */
  | { type: 'reset' }
  | { type: 'revealed' };

export const nobodyKnown: PartyState = { kind: 'unknown', revealed: false };

/**
 * @returns what follows: the same object when nothing changes (repeated, or pointless: the debt of an identified debtor is
 * shown already); null when it is refused: a third person is never identified, nor told, without a reset
 */
export function transition(state: PartyState, event: PartyEvent): PartyState | null {
  switch (event.type) {
    case 'identified':
      return identified(state, event.checks);
    case 'thirdPerson':
      return thirdPerson(state, event.relation);
    case 'reset':
      return state.kind === 'unknown' && !state.revealed ? state : nobodyKnown;
    case 'revealed':
      if (state.kind === 'thirdPerson') return null;
      if (state.kind === 'identified' || state.revealed) return state;
      return { kind: 'unknown', revealed: true };
    default:
      return assertNever(event, 'party event');
  }
}

/** More answers add to those before. */
function identified(state: PartyState, checks: readonly string[]): PartyState | null {
  if (state.kind === 'thirdPerson') return null;
  if (state.kind === 'unknown') return { kind: 'identified', checks: [...new Set(checks)] };
  const all = new Set([...state.checks, ...checks]);
  return all.size === state.checks.length ? state : { kind: 'identified', checks: [...all] };
}

/** Also after the debtor was identified: a telephone can be handed on. */
function thirdPerson(state: PartyState, relation: string | null): PartyState {
  if (state.kind !== 'thirdPerson') return { kind: 'thirdPerson', relation };
  const known = relation ?? state.relation;
  return known === state.relation ? state : { kind: 'thirdPerson', relation: known };
}
