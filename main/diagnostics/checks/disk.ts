import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#shared/util/index.ts';
import type { Check } from '../run-checks.ts';

const MEGABYTE = 1024 * 1024;
/** about a hundred hours of recordings */
const LEAST_FREE_MB = 2 * 1024;
const FLUSHES = 20;
const PAGE_BYTES = 4096;
/** Every step of a call waits for the disk once: three of them must fit into a person's patience at the answer. */
const SLOW_FLUSH_MS = 30;

export function diskSpaceCheck(dataDir: string): Check {
  return {
    id: 'disk-space',
    async look() {
      const { bavail, bsize } = await statfs(dataDir);
      const freeMb = Math.round((bavail * bsize) / MEGABYTE);
      const details = { freeMb, wantedMb: LEAST_FREE_MB };
      return freeMb < LEAST_FREE_MB
        ? { ok: 'no', finding: 'doctor.space.low', details }
        : { ok: 'yes', finding: 'doctor.space.enough', details };
    },
  };
}

/** How long this disk takes to make a page durable: the median of some tries, so that one stall does not decide. */
export function diskFlushCheck(dataDir: string, clock: Clock): Check {
  return {
    id: 'disk-flush',
    look() {
      const times = measureFlushes(join(dataDir, 'doctor.tmp'), clock).sort((a, b) => a - b);
      const medianMs = Number((times[Math.floor(FLUSHES / 2)] ?? 0).toFixed(1));
      const slowestMs = Number((times.at(-1) ?? 0).toFixed(1));
      const details = { medianMs, slowestMs, limitMs: SLOW_FLUSH_MS };
      return medianMs > SLOW_FLUSH_MS
        ? { ok: 'no', finding: 'doctor.flush.slow', details }
        : { ok: 'yes', finding: 'doctor.flush.quick', details };
    },
  };
}

function measureFlushes(file: string, clock: Clock): number[] {
  const descriptor = openSync(file, 'w', 0o600);
  const page = Buffer.alloc(PAGE_BYTES);
  try {
    return Array.from({ length: FLUSHES }, () => {
      const startedMs = clock.monotonic();
      writeSync(descriptor, page);
      fdatasyncSync(descriptor);
      return clock.monotonic() - startedMs;
    });
  } finally {
    closeSync(descriptor);
    rmSync(file, { force: true });
  }
}
