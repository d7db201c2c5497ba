import { describe, expect, it } from 'vitest';
import { debtorId } from '#shared/domain/index.ts';
import { createIdSource } from './ids.ts';
import { systemRandom } from './system-clock.ts';

const NOON = Date.UTC(2026, 10, 24, 12);

describe('ids', () => {
  it('are UUIDs of version 7 that carry the time', () => {
    const id = createIdSource({ now: () => NOON }, systemRandom).next();
    expect(debtorId.safeParse(id).success).toBe(true);
    expect(id).toMatch(/^.{14}7.{4}[89ab]/);
    expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(NOON);
  });

  it('grow strictly within one millisecond and past a full counter', () => {
    const ids = createIdSource({ now: () => NOON }, { next: () => 0.999 });
    const made = Array.from({ length: 10_000 }, () => ids.next());
    expect(new Set(made).size).toBe(made.length);
    expect([...made].sort()).toEqual(made);
  });

  it('go on growing when the clock steps back', () => {
    let now = NOON;
    const ids = createIdSource({ now: () => now }, systemRandom);
    const first = ids.next();
    now -= 60_000;
    expect(ids.next() > first).toBe(true);
  });

  it('differ between sources at the same instant', () => {
    const clock = { now: () => NOON };
    const made = Array.from({ length: 1000 }, () => createIdSource(clock, systemRandom).next());
    expect(new Set(made).size).toBe(1000);
  });
});
