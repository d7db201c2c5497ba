import { connectionCode, oneLine } from '../smtp/smtp-answer.ts';

export interface ImapFault {
  /** a code of `gateway.*` */
  code: string;
  detail: string | null;
  /** trying again soon would only lock the account */
  loginRefused: boolean;
}

interface LibraryError extends Error {
  code?: string;
  authenticationFailed?: boolean;
  tlsFailed?: boolean;
  mailboxMissing?: boolean;
  responseText?: string;
  serverResponseCode?: string;
}

/** What is wrong with a mailbox, for people. */
export function imapFault(error: unknown): ImapFault {
  if (!(error instanceof Error))
    return { code: 'gateway.connection-lost', detail: null, loginRefused: false };
  const fault = error as LibraryError;
  const detail = oneLine(fault.responseText ?? fault.message) || null;
  if (fault.authenticationFailed && !isBusy(fault))
    return { code: 'gateway.login-refused', detail, loginRefused: true };
  return { code: codeOf(fault), detail, loginRefused: false };
}

/** RFC 5530: the server is not ready, the login may be right. */
function isBusy({ serverResponseCode }: LibraryError): boolean {
  return serverResponseCode === 'UNAVAILABLE' || serverResponseCode === 'INUSE';
}

function codeOf(fault: LibraryError): string {
  if (isBusy(fault) || fault.code === 'ETHROTTLE') return 'gateway.not-now';
  if (fault.code === 'STORE') return 'gateway.store-refused';
  if (fault.mailboxMissing || fault.serverResponseCode === 'NONEXISTENT')
    return 'gateway.mailbox-missing';
  if (fault.code === 'MissingServerExtension') return 'gateway.tls-not-offered';
  if (/^(?:CONNECT_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT)$/.test(fault.code ?? ''))
    return 'gateway.no-answer';
  return connectionCode({
    code: fault.code ?? null,
    message: fault.tlsFailed ? `${fault.message} (TLS)` : fault.message,
    reply: null,
  });
}
