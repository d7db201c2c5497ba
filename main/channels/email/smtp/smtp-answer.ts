import type { HandOver } from '../../types.ts';
import { failureOf, type MailFailure, readSmtpReply } from '../status-code.ts';

/** How far a hand-over came when it failed. */
export type SmtpStage =
  /** resolving, connecting, TLS, greeting */
  | 'connect'
  | 'login'
  | 'sender'
  | 'recipient'
  /** DATA, up to the dot at its end */
  | 'data'
  /** the dot may be with the server: only its answer says whether it took the message */
  | 'dot';

export interface SmtpFault {
  stage: SmtpStage;
  /** the server's reply, all lines; null: it gave none */
  reply: string | null;
  /** a code of Node or of the SMTP library, such as ECONNREFUSED; null: the reply says it all */
  code: string | null;
  message: string;
}

/** How long a server that asked us to slow down is left alone, when it does not say. */
const THROTTLED_MS = 60_000;
const LOGIN_REFUSED_MS = 120_000;

/**
 * What a fault means for the message.
 * Only one kind is `unknown`: the message was given whole and no answer came.
 */
export function handOverOf(fault: SmtpFault): HandOver {
  const status = fault.reply === null ? null : readSmtpReply(fault.reply);
  if (status === null) return withoutReply(fault);
  const detail = oneLine(fault.reply ?? '');
  if (status.basic === 421)
    return { kind: 'later', code: 'gateway.throttled', detail, retryAfterMs: THROTTLED_MS };
  if (fault.stage === 'login' || failureOf(status) === 'loginNeeded')
    return {
      kind: 'later',
      code: 'gateway.login-refused',
      detail,
      retryAfterMs: LOGIN_REFUSED_MS,
    };
  // what is wrong with the server or with TLS says nothing about this message
  if (fault.stage === 'connect')
    return { kind: 'later', code: connectionCode(fault), detail, retryAfterMs: null };
  if (isForNow(fault, status.basic))
    return { kind: 'later', code: laterCode(failureOf(status)), detail, retryAfterMs: null };
  return rejected(fault.stage, failureOf(status), detail);
}

/** By the first digit of the reply: servers exist that put 5.x.x behind a 4yz. */
function isForNow(fault: SmtpFault, basic: number | null): boolean {
  // a 2yz or 3yz in the wrong place: nothing was taken, the connection is spoiled
  return basic === null || basic < 500 || fault.stage === 'connect';
}

function laterCode(failure: MailFailure): string {
  return failure === 'mailboxFull' ? 'message.mailbox-full' : 'gateway.not-now';
}

function rejected(stage: SmtpStage, failure: MailFailure, detail: string): HandOver {
  const isAddress = failure === 'addressUnknown' && stage !== 'sender';
  return { kind: 'rejected', code: rejectedCode(stage, failure), detail, badAddress: isAddress };
}

function rejectedCode(stage: SmtpStage, failure: MailFailure): string {
  if (failure === 'tooLarge') return 'message.too-large';
  if (stage === 'sender' || failure === 'senderRefused') return 'gateway.sender-refused';
  if (failure === 'addressUnknown') return 'message.address-unknown';
  if (failure === 'mailboxFull') return 'message.mailbox-full';
  return 'message.refused-by-server';
}

function withoutReply(fault: SmtpFault): HandOver {
  const detail = oneLine(fault.message);
  if (fault.stage === 'dot') return { kind: 'unknown', code: 'gateway.no-answer', detail };
  return { kind: 'later', code: connectionCode(fault), detail, retryAfterMs: null };
}

const certificateCodes =
  /^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH|INVALID_CA|ERR_OSSL_X509)/;

/** A code of `gateway.*` for a connection that did not come about or broke. */
export function connectionCode(fault: Pick<SmtpFault, 'code' | 'message' | 'reply'>): string {
  const code = fault.code ?? '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EDNS')
    return 'gateway.host-unknown';
  if (certificateCodes.test(code) || /certificate/i.test(fault.message))
    return 'gateway.bad-certificate';
  if (code === 'STARTTLS') return 'gateway.tls-not-offered';
  if (code === 'ETLS' || code === 'EPROTO' || code.startsWith('ERR_SSL') || code === 'ERR_TLS')
    return 'gateway.tls-failed';
  if (code === 'ETIMEDOUT' || code === 'ETIMEOUT') return 'gateway.no-answer';
  if (code === 'ECONNREFUSED' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH')
    return 'gateway.unreachable';
  return fault.reply === null ? 'gateway.connection-lost' : 'gateway.not-now';
}

/** For people: what the server said, in one line of bounded length. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
