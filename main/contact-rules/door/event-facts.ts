import {
  contactChannels,
  type EventFlag,
  type EventKind,
  eventFlags,
  eventKinds,
  targets,
} from '#shared/rule-packs/index.ts';
import type { ContactEvent } from '../engine/index.ts';
import type { EventRow } from './fact-rows.ts';
import { parseList } from './parse-list.ts';

/**
 * Rows of the log as the engine counts them; events ahead of the clock count as now.
 * @param exceptId a reservation that is asked about again does not count against itself
 */
export function toEvents(
  rows: readonly EventRow[],
  at: number,
  exceptId: string | undefined,
): ContactEvent[] {
  return rows.flatMap((row) => (row.id === exceptId ? [] : toEvent(row, at)));
}

function toEvent(row: EventRow, now: number): ContactEvent[] {
  const kind = eventKinds.find((known): known is EventKind => known === row.kind);
  const channel = contactChannels.find((known) => known === row.channel);
  if (!kind || !channel) return [];
  const target = row.target === null ? undefined : targets.find((known) => known === row.target);
  const flags = row.flagsJson === '[]' ? [] : parseList(row.flagsJson);
  return [
    {
      at: Math.min(row.at, now),
      kind,
      channel,
      direction: row.direction,
      person: row.debtorId,
      ...(row.debtId === null ? {} : { debt: row.debtId }),
      ...(row.number === null ? {} : { number: row.number }),
      flags: flags.filter((flag): flag is EventFlag => eventFlags.some((known) => known === flag)),
      ...(target === undefined ? {} : { target }),
    },
  ];
}
