/** An id that reads as what it is: `anId(3)` → "…-000000000003". */
export function anId(number: number): never {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}` as never;
}

export const fixedNow = Date.UTC(2026, 10, 21, 13, 5, 30);
export const minuteMs = 60_000;
export const dayMs = 86_400_000;
