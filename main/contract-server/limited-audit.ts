import type { Clock } from '#shared/util/index.ts';
import type { Audit } from './ports.ts';

/** Audits a refusal; `source` groups those that a flood would repeat (remote address, person). */
export type RefusalAudit = (
  action: string,
  source: string,
  details: Record<string, unknown>,
  personId?: string | null,
) => void;

export const WINDOW_MS = 60_000;
export const PER_SOURCE = 10;
export const IN_ALL = 100;

interface Count {
  since: number;
  written: number;
  suppressed: number;
}

/**
 * Limits how many refusals become rows: 10 a minute for each action and source, 100 a minute in all. What was left out
 * is counted and stands as `suppressed` in the next entry, so that a flood shows but cannot fill the disk.
 */
export function createRefusalAudit(audit: Audit, clock: Clock): RefusalAudit {
  const counts = new Map<string, Count>();
  const all: Count = { since: clock.monotonic(), written: 0, suppressed: 0 };

  return (action, source, details, personId = null) => {
    const now = clock.monotonic();
    if (renew(all, now)) forgetQuiet(counts, now);
    const count = countOf(counts, `${action} ${source}`, now);
    if (count === null || count.written >= PER_SOURCE || all.written >= IN_ALL) {
      if (count) count.suppressed += 1;
      all.suppressed += 1;
      return;
    }
    const { suppressed } = count;
    count.written += 1;
    count.suppressed = 0;
    all.written += 1;
    const extra = suppressed > 0 ? { suppressed } : {};
    audit({ action, personId, details: { ...details, source, ...extra } });
  };
}

function countOf(counts: Map<string, Count>, key: string, now: number): Count | null {
  const known = counts.get(key);
  if (known) {
    renew(known, now);
    return known;
  }
  if (counts.size >= 10_000) return null;
  const count = { since: now, written: 0, suppressed: 0 };
  counts.set(key, count);
  return count;
}

/** Starts a new window when the old one is over; what was suppressed is kept for the next entry. */
function renew(count: Count, now: number): boolean {
  if (now - count.since < WINDOW_MS) return false;
  count.since = now;
  count.written = 0;
  return true;
}

function forgetQuiet(counts: Map<string, Count>, now: number): void {
  for (const [key, count] of counts) {
    if (count.suppressed === 0 && now - count.since >= WINDOW_MS) counts.delete(key);
  }
}
