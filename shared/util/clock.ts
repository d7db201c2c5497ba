/** The two clocks of the house style: wall time names instants, monotonic time measures durations. */
export interface Clock {
  /** epoch ms; may step backwards when a person or NTP sets the clock */
  now(): number;
  /** ms since an arbitrary origin; never goes back */
  monotonic(): number;
  /** runs `callback` once after `delayMs`; the returned function cancels it */
  setTimer(delayMs: number, callback: () => void): () => void;
}

export interface Random {
  /** uniform in [0, 1) */
  next(): number;
}

/** Makes ids that sort by time of creation. */
export interface IdSource {
  /** UUID version 7 (RFC 9562 §5.7), lower case */
  next(): string;
}
