import { createHash } from 'node:crypto';
import { AppError } from '#shared/errors/index.ts';
import type { AtDialog } from './at/at-dialog.ts';
import { readAtError } from './at/at-errors.ts';

/** Where it is kept that a PIN was refused: the third refusal locks the card, so there must be no second one. */
export interface RefusedPins {
  has(digest: string): boolean;
  add(digest: string): Promise<void>;
}

/** Of this process, for tests of settings too, which keep nothing. */
const refusedHere = new Set<string>();
const PIN_MS = 30_000;

/**
 * Unlocks the card.
 * @throws AppError `gateway.modem-no-sim`, `gateway.modem-pin-needed`, `gateway.modem-pin-refused`, `gateway.modem-puk`
 */
export async function unlockSim(
  dialog: AtDialog,
  pin: string | undefined,
  port: string,
  refused: RefusedPins,
): Promise<void> {
  const state = await simState(dialog);
  if (state === 'READY') return;
  if (/PUK/.test(state)) throw new AppError('gateway.modem-puk', 'the card wants its PUK');
  if (state !== 'SIM PIN') {
    throw new AppError('gateway.modem-pin-needed', `the modem wants: ${state}`);
  }
  if (pin === undefined || pin === '') {
    throw new AppError('gateway.modem-pin-needed', 'the card wants a PIN');
  }
  if (!/^\d{4,8}$/.test(pin)) throw pinRefused('not four to eight digits');
  const digest = createHash('sha256').update(`${port}\n${pin}`).digest('hex');
  if (refusedHere.has(digest) || refused.has(digest)) throw pinRefused('it was refused before');
  const reply = await dialog.command(`+CPIN="${pin}"`, { deadlineMs: PIN_MS });
  if (reply.ok) return;
  refusedHere.add(digest);
  await refused.add(digest);
  throw pinRefused(readAtError(reply.final).detail);
}

async function simState(dialog: AtDialog): Promise<string> {
  const reply = await dialog.command('+CPIN?');
  if (reply.ok) return /\+CPIN:\s*"?([^"]*)"?/.exec(reply.lines.join('\n'))?.[1]?.trim() ?? '';
  throw new AppError('gateway.modem-no-sim', readAtError(reply.final).detail);
}

function pinRefused(why: string): AppError {
  return new AppError('gateway.modem-pin-refused', `the card refuses the PIN: ${why}`);
}
