import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#shared/util/index.ts';
import type { Check } from '../run-checks.ts';

/** file systems round, and clocks are set by fractions of a second every day */
const BEHIND_MS = 5_000;

/** The running engine's own watch over the clock: contact rules refuse everything under a wrong one. */
export function watchedClockCheck(isTrusted: () => boolean): Check {
  return {
    id: 'clock',
    look: () =>
      isTrusted()
        ? { ok: 'yes', finding: 'doctor.clock.plausible' }
        : { ok: 'no', finding: 'doctor.clock.suspect' },
  };
}

/** Without an engine: the store was last written in the past. */
export function clockAgainstStoreCheck(dataDir: string, clock: Clock): Check {
  return {
    id: 'clock',
    look() {
      const newestAt = Math.max(
        ...['store.db', 'store.db-wal'].map((name) => modifiedAt(join(dataDir, name))),
      );
      if (newestAt === 0) return { ok: 'unknown', finding: 'doctor.clock.nothing-to-compare' };
      return newestAt - clock.now() > BEHIND_MS
        ? { ok: 'no', finding: 'doctor.clock.behind' }
        : { ok: 'yes', finding: 'doctor.clock.plausible' };
    },
  };
}

function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
