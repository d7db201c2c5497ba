import type { Clock } from '#shared/util/index.ts';
import type { PromptLibrary } from '../audio/prompt-library.ts';
import { CallAudio } from '../media/call-audio.ts';
import type { RtpClock } from '../media/rtp-clock.ts';
import type { RtpNetwork } from '../media/rtp-socket.ts';
import type { Scenario } from '../scenario/index.ts';
import type { CallLog, OpenRecord } from './call-log.ts';
import type { EndedBy } from './call-record.ts';

/** What all calls of one carrier share. */
export interface CarrierContext {
  scenario: Scenario;
  clock: Clock;
  rtpClock: RtpClock;
  network: RtpNetwork;
  prompts: PromptLibrary;
  log: CallLog;
}

/** A call that is up or being set up, for whoever counts, asks and stops. */
export interface LiveCall {
  readonly open: OpenRecord;
  /** brings the record's media up to date */
  refresh(): void;
  /** resolves when the other end knows, or cannot be told */
  hangUp(): Promise<void>;
}

/** Opens the media of one call and ties what it reports to the call's record. */
export function openCallAudio(context: CarrierContext, open: OpenRecord): Promise<CallAudio> {
  const { scenario, clock, rtpClock, network } = context;
  return CallAudio.open({
    network,
    clock,
    rtpClock,
    codecs: scenario.carrier.codecs,
    telephoneEvent: scenario.carrier.telephoneEvent,
    vanishedAfterMs: scenario.carrier.vanishedAfterMs,
    onDigit: (digit) => {
      open.record.digits.push(digit);
      open.save();
    },
    onVanished: (hasVanished) => {
      open.record.vanishedAt = hasVanished ? clock.now() : null;
      open.save();
    },
  });
}

export interface EndDetails {
  by: EndedBy;
  status?: number;
  audio: CallAudio | null;
}

/** Closes a record once; later ends (a BYE that crosses ours) change nothing. @returns whether it was the first */
export function closeRecord(context: CarrierContext, open: OpenRecord, end: EndDetails): boolean {
  const { record } = open;
  if (!record.stillUp) return false;
  record.stillUp = false;
  record.endedAt = context.clock.now();
  record.endedBy = end.by;
  if (end.status !== undefined) record.status = end.status;
  if (end.audio) record.media = end.audio.close();
  open.save();
  return true;
}
