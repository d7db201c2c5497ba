/** RFC 3261 table 4, in ms. */
export const T1_MS = 500;
export const T2_MS = 4000;
export const T4_MS = 5000;
/** timers B, F, H and J, and how long an answered request is remembered */
export const TRANSACTION_TIMEOUT_MS = 64 * T1_MS;
