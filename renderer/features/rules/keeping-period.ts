/** A period as a form holds it; an empty count means that none is chosen. */
export interface Period {
  count: number | null;
  unit: 'D' | 'M' | 'Y';
}

const written = /^P(\d+)([DMY])$/;

/** A period of one unit (`P3Y`); others, and null, are none that the form can hold. */
export function toPeriod(iso: string | null): Period {
  const match = written.exec(iso ?? '');
  return match
    ? { count: Number(match[1]), unit: match[2] as Period['unit'] }
    : { count: null, unit: 'Y' };
}

export function fromPeriod({ count, unit }: Period): string | null {
  return count === null || count <= 0 ? null : `P${count}${unit}`;
}
