import type { LineQuality } from './phone-port.ts';

/** The counters of a connection that quality is worked out from; totals since its start. */
export interface LineCounters {
  packetsReceived: number;
  packetsLost: number;
  jitterMs: number | null;
  roundTripMs: number | null;
}

/** Delay that Chromium's buffer and the codec add at this end (media path §1: a constant 30 ms). */
const bufferMs = 30;

/**
 * Mean opinion score of G.711 from delay and loss: the E-model (ITU-T G.107) in its usual short form, with the
 * packet-loss robustness of G.711 with concealment (Bpl 25.1, G.113 appendix I).
 * @returns 1–4.5
 */
export function estimateMos(roundTripMs: number, jitterMs: number, lossPercent: number): number {
  const delayMs = roundTripMs / 2 + jitterMs * 2 + bufferMs;
  const delayImpairment = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0);
  const lossImpairment = (95 * lossPercent) / (lossPercent + 25.1);
  const rating = Math.min(100, Math.max(0, 93.2 - delayImpairment - lossImpairment));
  const mos = 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating);
  return Math.min(4.5, Math.max(1, mos));
}

/** Quality over the interval between two readings. */
export function qualityBetween(before: LineCounters | null, now: LineCounters): LineQuality {
  const received = now.packetsReceived - (before?.packetsReceived ?? 0);
  const lost = Math.max(0, now.packetsLost - (before?.packetsLost ?? 0));
  const expected = received + lost;
  const lossPercent = expected > 0 ? (lost / expected) * 100 : null;
  const { roundTripMs, jitterMs } = now;
  const mos =
    roundTripMs === null || lossPercent === null
      ? null
      : estimateMos(roundTripMs, jitterMs ?? 0, lossPercent);
  return { roundTripMs, jitterMs, lossPercent, mos };
}

/** Reads the counters of a live connection. */
export async function readCounters(peerConnection: RTCPeerConnection): Promise<LineCounters> {
  const counters: LineCounters = {
    packetsReceived: 0,
    packetsLost: 0,
    jitterMs: null,
    roundTripMs: null,
  };
  const report = await peerConnection.getStats();
  report.forEach((stats: Record<string, unknown>) => {
    if (stats.type === 'inbound-rtp' && stats.kind === 'audio') {
      counters.packetsReceived = Number(stats.packetsReceived ?? 0);
      counters.packetsLost = Number(stats.packetsLost ?? 0);
      counters.jitterMs = typeof stats.jitter === 'number' ? stats.jitter * 1000 : null;
    }
    if (stats.type === 'candidate-pair' && stats.nominated === true) {
      const seconds = stats.currentRoundTripTime;
      if (typeof seconds === 'number') counters.roundTripMs = seconds * 1000;
    }
  });
  return counters;
}
