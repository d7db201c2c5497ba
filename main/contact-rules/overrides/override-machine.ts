import { AppError } from '#shared/errors/index.ts';

/**
 * What becomes of an override. That one expires is read from its date and needs no event.
 *
 *   requested ──grant──▶ granted ──use──▶ used
 *      │ │                 │ ▲             │
 *      │ └──withdraw──┐    │ └──giveBack───┘   the contact was never started
 *      │              ▼    │
 *      │          withdrawn ◀── withdraw
 *      └──refuse──▶ refused
 */
export type OverrideState = 'requested' | 'granted' | 'refused' | 'used' | 'withdrawn';
export type OverrideEvent = 'grant' | 'refuse' | 'withdraw' | 'use' | 'giveBack';

const transitions: Readonly<Record<OverrideState, Partial<Record<OverrideEvent, OverrideState>>>> =
  {
    requested: { grant: 'granted', refuse: 'refused', withdraw: 'withdrawn' },
    granted: { use: 'used', withdraw: 'withdrawn' },
    used: { giveBack: 'granted' },
    refused: {},
    withdrawn: {},
  };

/** @throws AppError `work.already-ended` for what cannot follow */
export function nextOverrideState(state: OverrideState, event: OverrideEvent): OverrideState {
  const next = transitions[state][event];
  if (next !== undefined) return next;
  throw new AppError('work.already-ended', `an override that is ${state} cannot ${event}`, {
    details: { state, event },
  });
}
