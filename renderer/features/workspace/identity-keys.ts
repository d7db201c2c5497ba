import type { identityChecks } from '#shared/contract/index.ts';

export type IdentityCheck = (typeof identityChecks)[number];

/**
 * The key that ticks each question, the same whatever the firm's order. Letters that mean nothing else in a call: digits
 * stay dispositions and tones, and the keys of the work (S, M, E, R, L, P, C, N, F, W) and of the call (U, H, K) keep theirs.
 */
export const checkKeys: Record<IdentityCheck, string> = {
  fullName: 'G',
  birthDate: 'B',
  reference: 'Q',
  postalCode: 'Z',
  address: 'A',
  nationalIdEnd: 'D',
  taxId: 'V',
  companyName: 'X',
};
/** enough has matched; with somebody else on the line: the person has come to the phone */
export const identifyKey = 'I';
/** somebody else is on the line */
export const otherPersonKey = 'O';
/** begins anew: nobody is known */
export const startOverKey = 'Shift+I';
export const agreesToRecordingKey = 'Shift+Y';
export const refusesRecordingKey = 'Shift+N';
