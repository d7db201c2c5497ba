/**
 * Payload of a telephone-event (RFC 4733 §2.3), big-endian:
 *
 * ```
 * |     event     |E|R| volume    |          duration             |
 * ```
 */
export interface TelephoneEvent {
  /** 0-9 digits, 10 `*`, 11 `#`, 12-15 A-D */
  event: number;
  end: boolean;
  /** power as -dBm0, 0..63 */
  volume: number;
  /** ticks of the clock rate since the packet's timestamp */
  duration: number;
}

const DIGITS = '0123456789*#ABCD';

/** The digit of an event code; null for what is not a DTMF digit (flash, fax tones). */
export function digitOfEvent(event: number): string | null {
  return DIGITS[event] ?? null;
}

/** The event code of a digit; null when it is none. */
export function eventOfDigit(digit: string): number | null {
  const event = digit.length === 1 ? DIGITS.indexOf(digit.toUpperCase()) : -1;
  return event < 0 ? null : event;
}

/** Reads the first event of a payload; null when it is cut off. */
export function parseTelephoneEvent(payload: Uint8Array): TelephoneEvent | null {
  const [event, flags, high, low] = payload;
  if (event === undefined || flags === undefined || high === undefined || low === undefined)
    return null;
  return {
    event,
    end: (flags & 0x80) !== 0,
    volume: flags & 0x3f,
    duration: (high << 8) | low,
  };
}

export function writeTelephoneEvent(event: TelephoneEvent): Uint8Array {
  const duration = Math.min(0xffff, event.duration);
  return Uint8Array.of(
    event.event & 0xff,
    (event.end ? 0x80 : 0) | (event.volume & 0x3f),
    duration >> 8,
    duration & 0xff,
  );
}
