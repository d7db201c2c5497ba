import type { ReceivedWindow } from '../audio/received-meter.ts';

/** Who ended a call, seen from the carrier. */
export type EndedBy = 'engine' | 'carrier' | 'network';

export interface ReceivedDigit {
  digit: string;
  /** since the answer */
  atMs: number;
  durationMs: number | null;
  via: 'rtp' | 'info';
}

export interface CallMediaRecord {
  packetsSent: number;
  packetsReceived: number;
  /** not RTP or damaged, counted and dropped */
  packetsDropped: number;
  /** from our 2xx to the first packet that came after it; null = none came */
  firstPacketAfterAnswerMs: number | null;
  /** the same for the first packet above -50 dBFS */
  firstSoundAfterAnswerMs: number | null;
  /** the longest time between two packets after the answer */
  longestGapMs: number;
  /** RMS over all that was received, -127 = silence */
  levelDbfs: number;
  dominantHz: number | null;
  /** level of the dominant tone alone */
  dominantLevelDbfs: number | null;
  windows: readonly ReceivedWindow[];
}

/** One call as the carrier saw it. Instants are epoch ms, null = did not happen. */
export interface CallRecord {
  /** of one run of the carrier: call numbers start again with each */
  runId: string;
  callNumber: number;
  sipCallId: string;
  direction: 'toDebtor' | 'fromDebtor';
  from: string;
  to: string;
  /** which call to this number it is, from 1 */
  nthCall: number;
  /** name or kind of the behaviour */
  behaviour: string;
  invitedAt: number;
  ringingAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  /** final status of the INVITE */
  status: number | null;
  endedBy: EndedBy | null;
  stillUp: boolean;
  /** no RTP for the scenario's `vanishedAfterMs`, and no BYE either; null when it came back */
  vanishedAt: number | null;
  digits: ReceivedDigit[];
  media: CallMediaRecord | null;
}
