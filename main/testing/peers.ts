import { AppError } from '#shared/errors/index.ts';
import { findPeer, type PeerName } from '../../scripts/lib/peers.mjs';

export type { PeerName } from '../../scripts/lib/peers.mjs';

/**
 * Whether a test against a program that is not ours can run here:
 * `describe.skipIf(!hasPeer('sipp'))`. `npm test` installs what is missing where it can, and says
 * through `DIALDESK_MISSING` (names with commas) what it could not.
 */
export function hasPeer(name: PeerName): boolean {
  const missing = process.env.DIALDESK_MISSING?.split(',') ?? [];
  return !missing.includes(name) && findPeer(name) !== undefined;
}

/**
 * @returns absolute path of the program
 * @throws AppError `testing.no-peer`
 */
export function peerPath(name: PeerName): string {
  const path = findPeer(name);
  if (path === undefined) throw new AppError('testing.no-peer', `${name} is not installed`);
  return path;
}
