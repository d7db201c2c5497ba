import type { ImapFlow } from 'imapflow';
import type { Clock } from '#shared/util/index.ts';
import { imapFault } from '../imap/imap-fault.ts';
import { type ImapTimeouts, imapLogin } from '../imap/imap-login.ts';
import { type MailPeer, mayConnect } from '../security.ts';
import { tryConnect, tryResolve } from './trial-network.ts';
import type { StepFault, TrialSteps } from './trial-steps.ts';

/** How long a test message may take to come back. */
const ARRIVAL_MS = 30_000;

const tlsCodes = [
  'gateway.tls-not-offered',
  'gateway.tls-failed',
  'gateway.bad-certificate',
  'gateway.plain-only-loopback',
];

/**
 * Tries reading of the mailbox.
 * @returns the login with the mailbox open, which the caller closes; null when it did not come so far
 */
export async function tryImap(
  steps: TrialSteps,
  peer: MailPeer,
  mailbox: string,
  timeouts: ImapTimeouts,
): Promise<ImapFlow | null> {
  const client = imapLogin(peer, timeouts);
  let login: Promise<StepFault | null> | null = null;
  // one connection does both: which of them failed is told by the fault
  const connect = () => {
    login ??= mayConnect(peer)
      ? orFault(() => client.connect())
      : Promise.resolve({ code: 'gateway.plain-only-loopback', detail: null });
    return login;
  };
  const went = await steps.chain([
    ['imap-resolve', () => tryResolve(peer)],
    ['imap-connect', () => tryConnect(peer, timeouts.connectMs)],
    ['imap-tls', async () => onlyIf(await connect(), (code) => tlsCodes.includes(code))],
    ['imap-login', async () => onlyIf(await connect(), (code) => !tlsCodes.includes(code))],
    ['mailbox', () => orFault(() => client.mailboxOpen(mailbox, { readOnly: true }))],
    ['idle', () => Promise.resolve(tryIdle(client))],
  ]);
  if (went) return client;
  client.close();
  return null;
}

function onlyIf(fault: StepFault | null, isMine: (code: string) => boolean): StepFault | null {
  return fault !== null && isMine(fault.code) ? fault : null;
}

function tryIdle(client: ImapFlow): StepFault | null {
  if (client.capabilities.has('IDLE')) return null;
  return { code: 'gateway.no-idle', detail: null, warning: true };
}

/** Waits for a mail to come into the open mailbox. */
export async function tryArrival(
  client: ImapFlow,
  headerId: string,
  clock: Clock,
): Promise<StepFault | null> {
  const deadlineMs = clock.monotonic() + ARRIVAL_MS;
  for (;;) {
    const fault = await orFault(() => client.noop());
    if (fault !== null) return fault;
    const found = await client.search({ header: { 'message-id': headerId } }).catch(() => false);
    if (Array.isArray(found) && found.length > 0) return null;
    if (clock.monotonic() >= deadlineMs)
      return { code: 'gateway.not-arrived', detail: null, warning: true };
    await new Promise<void>((resolve) => {
      clock.setTimer(500, resolve);
    });
  }
}

async function orFault(work: () => Promise<unknown>): Promise<StepFault | null> {
  try {
    await work();
    return null;
  } catch (error) {
    const { code, detail } = imapFault(error);
    return { code, detail };
  }
}
