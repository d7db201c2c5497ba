import { readFileSync } from 'node:fs';
import type { CallRecord } from './call-record.ts';

/**
 * Reads what `practice-carrier --log FILE` wrote. Each call appears once, in its last state; a line that a killed
 * carrier left unfinished is passed over.
 */
export function readCallLog(file: string): CallRecord[] {
  const latest = new Map<string, CallRecord>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const record = parseLine(line);
    if (record) latest.set(`${record.runId} ${record.callNumber}`, record);
  }
  return [...latest.values()];
}

function parseLine(line: string): CallRecord | null {
  if (line.trim() === '') return null;
  try {
    return JSON.parse(line) as CallRecord;
  } catch {
    return null;
  }
}

export interface Percentiles {
  count: number;
  p50: number;
  p90: number;
  p99: number;
  max: number;
}

export interface CallLogSummary {
  calls: number;
  answered: number;
  stillUp: number;
  /** answered (2xx) to the first packet from the engine, in ms; null when nothing was measured */
  answerToFirstPacketMs: Percentiles | null;
  /** the same to the first packet with sound */
  answerToFirstSoundMs: Percentiles | null;
}

/** Sums a log up for tests and benchmarks. */
export function summariseCalls(records: readonly CallRecord[]): CallLogSummary {
  return {
    calls: records.length,
    answered: records.filter((record) => record.answeredAt !== null).length,
    stillUp: records.filter((record) => record.stillUp).length,
    answerToFirstPacketMs: percentilesOf(records, 'firstPacketAfterAnswerMs'),
    answerToFirstSoundMs: percentilesOf(records, 'firstSoundAfterAnswerMs'),
  };
}

function percentilesOf(
  records: readonly CallRecord[],
  member: 'firstPacketAfterAnswerMs' | 'firstSoundAfterAnswerMs',
): Percentiles | null {
  const values = records
    .map((record) => record.media?.[member] ?? null)
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  if (values.length === 0) return null;
  const at = (share: number) => values[Math.ceil(share * values.length) - 1] ?? Number.NaN;
  return { count: values.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}

/** Numbers that the carrier saw more than once: a campaign that repeats a debtor after a crash shows here. */
export function numbersCalledTwice(records: readonly CallRecord[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const record of records) {
    if (record.direction !== 'toDebtor') continue;
    if (seen.has(record.to)) twice.add(record.to);
    seen.add(record.to);
  }
  return [...twice];
}
