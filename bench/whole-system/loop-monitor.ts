// Loaded into each process before its program (`--import`): writes down every five seconds how late the event
// loop is, and what it keeps in memory.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import { LOOP_DIRECTORY, type LoopSlice } from './loop-slices.ts';

const EVERY_MS = 20;
const SLICE_MS = 5_000;

const directory = process.env[LOOP_DIRECTORY];
if (directory !== undefined && isMainThread) watch(join(directory, `${process.pid}.jsonl`));

function watch(file: string): void {
  let late: number[] = [];
  let worked: number[] = [];
  let usedMs = ownCpuMs();
  const live = watchLiveHeap();
  let dueMs = performance.now() + EVERY_MS;
  let sliceMs = performance.now() + SLICE_MS;
  const look = (): void => {
    const nowMs = performance.now();
    const nowUsedMs = ownCpuMs();
    late.push(tenths(nowMs - dueMs));
    worked.push(tenths(nowUsedMs - usedMs));
    usedMs = nowUsedMs;
    if (nowMs >= sliceMs) {
      const slice: LoopSlice = {
        endedAt: Date.now(),
        lateMs: late,
        workedMs: worked,
        liveMb: live(),
      };
      appendFileSync(file, `${JSON.stringify(slice)}\n`);
      late = [];
      worked = [];
      sliceMs = nowMs + SLICE_MS;
    }
    dueMs = performance.now() + EVERY_MS;
    setTimeout(look, EVERY_MS).unref();
  };
  setTimeout(look, EVERY_MS).unref();
}

/** @returns what was left of the heap after the latest full collection, MB; null before the first */
function watchLiveHeap(): () => number | null {
  let liveMb: number | null = null;
  new PerformanceObserver((list) => {
    const collections = list.getEntries() as unknown as { detail: { kind: number } }[];
    if (collections.some(({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR))
      liveMb = tenths(process.memoryUsage().heapUsed / 2 ** 20);
  }).observe({ entryTypes: ['gc'] });
  return () => liveMb;
}

/** of this thread alone: what the machine gave to others is not in it */
function ownCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

const tenths = (ms: number): number => Math.round(ms * 10) / 10;
