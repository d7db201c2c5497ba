import type { CallParty } from './contact.contract.ts';

/** Nobody was asked yet. */
export const unknownParty: CallParty = {
  state: 'unknown',
  checks: [],
  relation: null,
  at: null,
  revealed: false,
};
