/** Command instead of Control, and other signs on the keys. */
export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);
