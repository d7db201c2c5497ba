import { ClientTransaction } from 'sip.js/lib/core/index.js';
import { newBranch } from '../message/index.ts';

interface BranchSource {
  makeId(request: { method: string; branch?: string }): string;
}

/**
 * Gives every client transaction of sip.js a branch of 128 random bits. Its own are one number out of ten million: with
 * 500 live transactions two collide in about one of 80 runs, and the later one then takes the earlier one's responses.
 * The id is made by a private static method that all client transactions call, so replacing it changes the wire and
 * sip.js's own table alike, and no mapping is needed. The version is pinned, and a test watches the wire.
 */
export function installSecureBranches(): void {
  const source = ClientTransaction as unknown as BranchSource;
  source.makeId = (request) => {
    if (request.method !== 'CANCEL') return newBranch();
    // A CANCEL carries the branch of what it cancels (RFC 3261 §9.1).
    if (!request.branch) throw new Error('CANCEL without a branch');
    return request.branch;
  };
}
