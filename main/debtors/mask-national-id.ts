const SHOWN = 3;
const SHORTEST_TO_SHOW = 8;

/**
 * A national id with only its end shown, enough to compare with what a person reads out. The start
 * of PESEL and of many others is the date of birth. Short ids are hidden whole.
 */
export function maskNationalId(nationalId: string | null): string | null {
  if (nationalId === null || nationalId === '') return null;
  const shown = nationalId.length >= SHORTEST_TO_SHOW ? SHOWN : 0;
  return '•'.repeat(nationalId.length - shown) + nationalId.slice(nationalId.length - shown);
}
