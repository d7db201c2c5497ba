import { readCounters } from './line-quality.ts';
import type { Softphone } from './phone.ts';
import type { PhoneView } from './phone-port.ts';

/**
 * What an end-to-end test may measure in the page. It exists only where localStorage holds `dialdesk.test` = `1` before
 * the page loads (documented in telephony/README.md); a product never sets it.
 */
export interface TestHooks {
  /** level (dBFS RMS) and strongest frequency of what the agent hears or says, over the last 43 ms */
  audio(direction: 'microphone' | 'remote'): { levelDbfs: number; dominantHz: number | null };
  phone(): PhoneView;
  /** cuts the SIP socket, as a network would */
  dropSocket(): void;
  connection(): Promise<{
    state: string;
    iceState: string;
    packetsReceived: number;
    packetsLost: number;
    jitterMs: number | null;
    roundTripMs: number | null;
  } | null>;
}

export function testHooksWanted(): boolean {
  try {
    return localStorage.getItem('dialdesk.test') === '1';
  } catch {
    return false; // no storage, no test
  }
}

export function installTestHooks(phone: Softphone): void {
  if (!testHooksWanted()) return;
  const hooks: TestHooks = {
    audio: (direction) => ({
      levelDbfs: phone.audio.levelDbfs(direction),
      dominantHz: phone.audio.dominantHz(direction),
    }),
    phone: () => phone.store.getState(),
    dropSocket: () => phone.dropSocket(),
    async connection() {
      const connection = phone.peerConnection;
      if (!connection) return null;
      return {
        state: connection.connectionState,
        iceState: connection.iceConnectionState,
        ...(await readCounters(connection)),
      };
    },
  };
  Object.assign(globalThis, { __dialdeskTest: hooks });
}
