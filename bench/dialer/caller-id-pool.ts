import { type PoolRow, placeOfNumber } from '../../main/dialer/caller-id/index.ts';
import type { CallerIdQuestion } from '../../main/dialer/types.ts';
import {
  type CallerIdChoice,
  callerIdChoice,
} from '../../shared/contract/campaign-settings.schema.ts';

/** Numbers of one trunk, all of them allowed; the id is the index. */
export function poolOf(count: number): Map<string, PoolRow> {
  const rows = Array.from({ length: count }, (_unused, index): [string, PoolRow] => {
    const e164 = `+1646555${String(1_000 + index).padStart(4, '0')}`;
    const row: PoolRow = {
      callerIdId: String(index),
      trunkId: 'trunk',
      trunkName: 'Trunk',
      e164,
      label: '',
      state: { kind: 'active', reason: null, rests: 0 },
      stateSince: null,
      proof: null,
      schedule: [],
      maxPerHour: null,
      place: placeOfNumber(e164),
      refusedBecause: null,
    };
    return [row.callerIdId, row];
  });
  return new Map(rows);
}

/** Ids of this world are not those of a store. */
export function choiceOf(
  pool: ReadonlyMap<string, PoolRow>,
  more: Partial<CallerIdChoice>,
): CallerIdChoice {
  return { ...callerIdChoice.parse(more), pool: [...pool.keys()] as CallerIdChoice['pool'] };
}

export function question(choice: CallerIdChoice, number: string): CallerIdQuestion {
  return {
    campaignId: 'campaign',
    trunkId: 'trunk',
    callerIdId: null,
    choice,
    debtorId: 'debtor',
    contactPointId: 'point',
    number,
  };
}
