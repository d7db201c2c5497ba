import type { HandOver } from '../../types.ts';
import { commandStatus, statusName } from './wire/index.ts';

const throttled = [commandStatus.throttled, commandStatus.queueFull] as number[];
/** the SMSC itself cannot take anything now, whatever the message is */
const unable = [
  commandStatus.systemError,
  commandStatus.temporaryError,
  commandStatus.wrongBindStatus,
] as number[];
const badAddress = [
  commandStatus.invalidDestination,
  commandStatus.invalidDestinationTon,
  commandStatus.invalidDestinationNpi,
] as number[];
const badSender = [
  commandStatus.invalidSource,
  commandStatus.invalidSourceTon,
  commandStatus.invalidSourceNpi,
] as number[];

const throttledRetryMs = 1_000;
const unableRetryMs = 10_000;

export type Refused = Extract<HandOver, { kind: 'rejected' | 'later' }>;

/** What a status of submit_sm_resp other than 0 means for the message (SMPP 3.4 §5.1.3): in any case it was not taken. */
export function refusalOf(status: number): Refused {
  const detail = statusName(status);
  if (throttled.includes(status)) {
    return { kind: 'later', code: 'gateway.throttled', detail, retryAfterMs: throttledRetryMs };
  }
  if (unable.includes(status)) {
    return { kind: 'later', code: 'gateway.not-now', detail, retryAfterMs: unableRetryMs };
  }
  const isBadAddress = badAddress.includes(status);
  return { kind: 'rejected', code: rejectionCode(status), detail, badAddress: isBadAddress };
}

function rejectionCode(status: number): string {
  if (badAddress.includes(status)) return 'gateway.bad-destination';
  if (badSender.includes(status)) return 'gateway.sender-refused';
  if (status === commandStatus.invalidMessageLength) return 'gateway.too-long';
  return 'gateway.refused';
}
