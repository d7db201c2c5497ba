import type { OctetReader } from './octets.ts';

/**
 * Seven octets of swapped digits: year, month, day, hour, minute, second, time zone in quarters of an hour, whose sign is
 * bit 3 of its first octet.
 * @returns epoch ms; null when it is no date
 * @see 3GPP TS 23.040 §9.2.3.11
 */
export function readTimeStamp(reader: OctetReader): number | null {
  const octets = [...reader.take(7)];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = octets.map(swapped);
  const zone = octets[6] ?? 0;
  const quarters = swapped(zone & 0xf7) * (zone & 0x08 ? -1 : 1);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return null;
  const local = Date.UTC(2000 + year, month - 1, day, hour, minute, second);
  return local - quarters * 15 * 60_000;
}

function swapped(octet: number): number {
  return (octet & 15) * 10 + (octet >> 4);
}
