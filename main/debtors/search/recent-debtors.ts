import type { Clock } from '#shared/util/index.ts';
import type { Store, WriteContext, WriteDb, WriteMap } from '../../store/index.ts';

const MOST_RECENT = 50;
const SAVE_AFTER_MS = 5_000;
const settingId = (personId: string) => `recent-debtors/${personId}`;

export const recentDebtorsWrites = {
  'search.keepRecent': keepRecent,
} satisfies WriteMap;

/** Keeps a person's recent debtors for the next start. */
function keepRecent(
  db: WriteDb,
  context: WriteContext,
  input: { personId: string; debtorIds: string[] },
): void {
  const id = settingId(input.personId);
  const columns = { valueJson: JSON.stringify(input.debtorIds), updatedAt: context.now };
  if (db.get('SELECT 1 FROM setting WHERE id = ?', id) === undefined) {
    db.insert('setting', { id, ...columns });
  } else db.update('setting', id, columns);
}

/** Debtors whose card a person opened, or with whom they talked, the newest first: search puts them first. */
export class RecentDebtors {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #known = new Map<string, string[]>();
  readonly #unsaved = new Set<string>();
  #cancelSave: (() => void) | null = null;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  of(personId: string): readonly string[] {
    const known = this.#known.get(personId);
    if (known) return known;
    const row = this.#store.read.get<{ valueJson: string }>(
      'SELECT valueJson FROM setting WHERE id = ?',
      settingId(personId),
    );
    const kept = row ? (JSON.parse(row.valueJson) as string[]) : [];
    this.#known.set(personId, kept);
    return kept;
  }

  add(personId: string, debtorId: string): void {
    const before = this.of(personId);
    if (before[0] === debtorId) return;
    const others = before.filter((each) => each !== debtorId);
    this.#known.set(personId, [debtorId, ...others].slice(0, MOST_RECENT));
    this.#unsaved.add(personId);
    this.#cancelSave ??= this.#clock.setTimer(SAVE_AFTER_MS, () => {
      // the lists are a convenience: the next one is saved again
      this.save().catch(() => {});
    });
  }

  /** Writes what changed since; the engine's stop calls it too. */
  async save(): Promise<void> {
    this.#cancelSave?.();
    this.#cancelSave = null;
    const people = [...this.#unsaved];
    this.#unsaved.clear();
    for (const personId of people) {
      const input = { personId, debtorIds: [...this.of(personId)] };
      await this.#store.write(recentDebtorsWrites, 'search.keepRecent', input);
    }
  }
}
