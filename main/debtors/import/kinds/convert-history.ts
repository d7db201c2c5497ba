import type { ImportFinding } from '#shared/contract/index.ts';
import { orNull } from '../record-cells.ts';
import type { RawRecord } from '../record-reader.ts';
import {
  type KindConversion,
  type KindConverter,
  type KindOptions,
  nothingShown,
} from './convert-kinds.ts';
import { KindCells } from './kind-cells.ts';
import type { HistoryRecord } from './kind-records.ts';
import { readChannel, readDirection } from './kind-words.ts';

const TIME =
  /(?:^|[T\s])(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?:[.,]\d+)?\s*([AP]M)?\s*(?:Z|[+-]\d{2}:?\d{2})?$/i;

/** Rows of what a former agency did. Who did it is text: the people of that firm are none of this one's. */
export class HistoryConverter implements KindConverter<HistoryRecord> {
  readonly #cells: KindCells;

  constructor({ mapping, thisYear }: KindOptions) {
    this.#cells = new KindCells(mapping, thisYear);
  }

  convert(raw: RawRecord): KindConversion<HistoryRecord> {
    const cells = this.#cells;
    const broken = cells.brokenForm(raw);
    if (broken !== null) return { kind: 'rejected', problems: [broken] };
    const problems: ImportFinding[] = [];
    const whom = {
      debtRef: cells.one(raw, 'debtRef'),
      debtorRef: cells.one(raw, 'debtorRef'),
      reference: cells.one(raw, 'reference'),
    };
    if (Object.values(whom).every((reference) => reference === '')) {
      problems.push('reference.missing');
    }
    const on = cells.date(raw, 'at', 'time.unreadable', problems);
    if (cells.one(raw, 'at') === '') problems.push('time.missing');
    const time = this.#time(raw, problems);
    const channel = readChannel(cells.one(raw, 'channel'));
    if (channel === null) problems.push('channel.unknown');
    const direction = readDirection(cells.one(raw, 'direction'));
    if (direction === null) problems.push('direction.unknown');
    const text = ['result', 'text', 'agentName'] as const;
    const told = text.flatMap((field) => cells.all(raw, field)).join(' · ');
    if (told === '') problems.push('text.missing');
    if (problems.length > 0 || on === null || channel === null || direction === null) {
      return { kind: 'rejected', problems };
    }
    const peer = orNull(cells.one(raw, 'peer'));
    return {
      kind: 'record',
      record: { ...whom, on, time, channel, direction, peer, text: told },
      shown: {
        ...nothingShown,
        displayName: peer,
        debtRef: orNull(whom.debtRef || whom.reference || whom.debtorRef),
        dueOn: on,
        summary: `${channel} · ${told}`.slice(0, 200),
      },
      warnings: [],
    };
  }

  /** `HH:MM` of its own column, else of what stands behind the date. */
  #time(raw: RawRecord, problems: ImportFinding[]): string | null {
    const own = this.#cells.one(raw, 'time');
    const date = this.#cells.one(raw, 'at');
    const match = TIME.exec(
      own === '' ? date.replace(/^\S+$/, (all) => (all.includes(':') ? all : '')) : own,
    );
    if (!match) {
      if (own !== '') problems.push('time.unreadable');
      return null;
    }
    const [, hourText = '', minute = '', half] = match;
    const hour = (Number(hourText) % (half ? 12 : 24)) + (half?.toUpperCase() === 'PM' ? 12 : 0);
    if (Number(hourText) > 24 || Number(minute) > 59) {
      problems.push('time.unreadable');
      return null;
    }
    return `${String(hour).padStart(2, '0')}:${minute}`;
  }
}
