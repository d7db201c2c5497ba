/**
 * An account to pay to. One that names its check digits (NRB, IBAN) must fit them: a wrong one would send money elsewhere.
 * Others are kept as they are given, without spaces.
 * @returns null when the check digits are wrong
 */
export function readAccount(text: string): string | null {
  const given = text.replace(/[\s-]/g, '').toUpperCase();
  const iban = /^\d{26}$/.test(given) ? `PL${given}` : given;
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban)) return given.slice(0, 64);
  return isIban(iban) ? given : null;
}

/** ISO 13616: the country and check digits moved to the end, letters as numbers, modulo 97. */
function isIban(iban: string): boolean {
  const moved = `${iban.slice(4)}${iban.slice(0, 4)}`;
  let rest = 0;
  for (const character of moved) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
