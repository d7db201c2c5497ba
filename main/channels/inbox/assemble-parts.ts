import { createHash } from 'node:crypto';
import type { ReadDb } from '../../store/types.ts';
import type { Incoming } from '../types.ts';
import type { KeptPart } from './arrived.ts';

/** Parts that have not all come by then are shown as they are. */
export const waitForPartsMs = 10 * 60_000;
/** Where a part is missing. */
export const gapMark = '[…]';

interface PartRow {
  groupKey: string;
  part: number;
  total: number;
  at: number;
  eventJson: string;
}

/** What is kept of a part: all of it while it waits, only its name after. */
type KeptEvent = Incoming & { text: string | null };
type Kept = { sourceKey: string } & Partial<KeptEvent>;

export interface Assembled {
  /** whole messages: those without parts, and those whose parts are all there */
  whole: Incoming[];
  parts: KeptPart[];
}

/**
 * Puts long texts together, from parts that came now and those that wait; in any order, twice, or never all.
 * @param incoming of one gateway
 */
export function assembleParts(
  read: ReadDb,
  gatewayId: string,
  incoming: readonly Incoming[],
): Assembled {
  const groups = new Map<string, Group>();
  const whole: Incoming[] = [];
  for (const one of incoming) {
    if (one.part === null || one.part.total <= 1) {
      whole.push(one);
      continue;
    }
    const key = groupKeyOf(one);
    const group = groups.get(key) ?? new Group(key, waitingParts(read, gatewayId, key));
    groups.set(key, group);
    const complete = group.add(one, one.part);
    if (complete !== null) whole.push(complete);
  }
  return { whole, parts: [...groups.values()].flatMap((group) => group.changed()) };
}

/** Texts whose parts have not all come in time, with a mark where one is missing. */
export function overdueParts(
  read: ReadDb,
  before: number,
): { gatewayId: string; assembled: Assembled }[] {
  const rows = read.all<PartRow & { gatewayId: string }>(
    `SELECT gatewayId, groupKey, part, total, at, eventJson FROM inboundPart
     WHERE (gatewayId, groupKey) IN (SELECT gatewayId, groupKey FROM inboundPart
       WHERE json_extract(eventJson, '$.channel') IS NOT NULL GROUP BY gatewayId, groupKey HAVING max(at) <= ?)
     ORDER BY gatewayId, groupKey, part`,
    before,
  );
  const byGroup = Map.groupBy(rows, ({ gatewayId, groupKey }) => `${gatewayId} ${groupKey}`);
  return [...byGroup.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const made = new Group(first.groupKey, group);
    const whole = made.asItIs();
    const parts = made.changed();
    return whole === null
      ? []
      : [{ gatewayId: first.gatewayId, assembled: { whole: [whole], parts } }];
  });
}

/** When the oldest part that waits has waited long enough; null: none waits. */
export function nextOverdueAt(read: ReadDb): number | null {
  const row = read.get<{ at: number | null }>(
    `SELECT min(at) AS at FROM inboundPart WHERE json_extract(eventJson, '$.channel') IS NOT NULL`,
  );
  return row?.at === null || row === undefined ? null : row.at + waitForPartsMs;
}

function waitingParts(read: ReadDb, gatewayId: string, groupKey: string): PartRow[] {
  return read.all(
    'SELECT groupKey, part, total, at, eventJson FROM inboundPart WHERE gatewayId = ? AND groupKey = ?',
    gatewayId,
    groupKey,
  );
}

/** Numbers of long texts come again after some hundreds; sender and receiver tell them apart meanwhile. */
function groupKeyOf({ channel, from, to, part }: Incoming): string {
  return [channel, from, to ?? '', part?.group ?? '', part?.total ?? 0].join('|');
}

class Group {
  readonly #key: string;
  readonly #parts = new Map<number, { kept: Kept; total: number }>();
  readonly #changed = new Set<number>();

  constructor(key: string, rows: readonly PartRow[]) {
    this.#key = key;
    for (const { part, total, eventJson } of rows) {
      this.#parts.set(part, { kept: JSON.parse(eventJson) as Kept, total });
    }
  }

  /** @returns the whole text when this part was the last that was missing */
  add(one: Incoming, { number, total }: { number: number; total: number }): Incoming | null {
    const known = this.#parts.get(number);
    if (known?.kept.sourceKey === one.sourceKey) return null;
    this.#parts.set(number, { kept: one, total });
    this.#changed.add(number);
    const waiting = this.#waiting();
    return waiting.length === total ? this.#join(waiting, total) : null;
  }

  /** What is there, with marks; null when nothing waits. */
  asItIs(): Incoming | null {
    const waiting = this.#waiting();
    const total = Math.max(0, ...waiting.map(([number]) => this.#parts.get(number)?.total ?? 0));
    return waiting.length === 0 ? null : this.#join(waiting, total);
  }

  changed(): KeptPart[] {
    return [...this.#changed].flatMap((number) => {
      const part = this.#parts.get(number);
      if (part === undefined) return [];
      const { kept, total } = part;
      const { sourceKey, ...event } = kept;
      const waits = kept.channel !== undefined;
      return [{ groupKey: this.#key, part: number, total, sourceKey, event: waits ? event : null }];
    });
  }

  #waiting(): [number, KeptEvent][] {
    return [...this.#parts]
      .flatMap(([number, { kept }]): [number, KeptEvent][] =>
        kept.channel === undefined ? [] : [[number, kept as KeptEvent]],
      )
      .sort(([one], [other]) => one - other);
  }

  /** The first part speaks for all; what was put together leaves its name. */
  #join(waiting: readonly [number, KeptEvent][], total: number): Incoming {
    const texts = new Map(waiting.map(([number, { text }]) => [number, text ?? '']));
    const pieces: string[] = [];
    for (let number = 1; number <= total; number++) {
      const text = texts.get(number) ?? gapMark;
      if (text !== gapMark || pieces.at(-1) !== gapMark) pieces.push(text);
    }
    for (const [number, { sourceKey }] of waiting) {
      this.#parts.set(number, { kept: { sourceKey }, total });
      this.#changed.add(number);
    }
    const [first] = waiting;
    const [, event] = first as [number, KeptEvent];
    const names = waiting.map(([, { sourceKey }]) => sourceKey);
    return { ...event, text: pieces.join(''), part: null, sourceKey: keyOf(names.join('\n')) };
  }
}

/** What a gateway calls a message can be long, or name somebody: only its digest is kept. */
export function keyOf(sourceKey: string): string {
  return createHash('sha256').update(sourceKey).digest('base64url');
}
