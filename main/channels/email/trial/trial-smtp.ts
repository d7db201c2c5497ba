import type { SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import { formatAddress, readAddress } from '../compose/addresses.ts';
import { type MailPeer, mayConnect } from '../security.ts';
import { handOverOf } from '../smtp/smtp-answer.ts';
import { SmtpError } from '../smtp/smtp-error.ts';
import { SmtpLink, type SmtpTimeouts } from '../smtp/smtp-link.ts';
import { tryConnect, tryResolve } from './trial-network.ts';
import type { StepFault, TrialSteps } from './trial-steps.ts';

/** Tries submission up to the sender's address. @returns whether a message could be handed over */
export async function trySmtp(
  steps: TrialSteps,
  peer: MailPeer,
  settings: SettingsOf<'email'>,
  timeouts: SmtpTimeouts,
): Promise<boolean> {
  let link: SmtpLink | null = null;
  const went = await steps.chain([
    ['resolve', () => tryResolve(peer)],
    ['connect', () => tryConnect(peer, timeouts.connectMs)],
    ['tls', () => tryTls(peer, timeouts)],
    [
      'login',
      () =>
        orFault(async () => {
          link = await SmtpLink.open(peer, timeouts);
          return withoutLogin(peer, link);
        }),
    ],
    ['sender', () => orFault(() => trySender(link, settings))],
    ['dsn', () => Promise.resolve(tryDsn(link, settings))],
  ]);
  (link as SmtpLink | null)?.quit();
  return went;
}

async function tryTls(peer: MailPeer, timeouts: SmtpTimeouts): Promise<StepFault | null> {
  if (!mayConnect(peer)) return { code: 'gateway.plain-only-loopback', detail: null };
  return await orFault(async () => {
    const link = await SmtpLink.open({ ...peer, user: '' }, timeouts);
    link.quit();
    const { rejectUnauthorized } = peer.tls;
    const unchecked = peer.security !== 'none' && rejectUnauthorized === false;
    return unchecked ? warning('gateway.certificate-unchecked') : null;
  });
}

function withoutLogin(peer: MailPeer, link: SmtpLink): StepFault | null {
  const wanted = peer.user === '' && link.extensions.login.length > 0;
  return wanted ? warning('gateway.no-login') : null;
}

async function trySender(
  link: SmtpLink | null,
  { fromAddress }: SettingsOf<'email'>,
): Promise<StepFault | null> {
  const from = readAddress(fromAddress);
  if (from === null) return { code: 'gateway.sender-refused', detail: null };
  await link?.probeSender(formatAddress(from));
  return null;
}

function tryDsn(link: SmtpLink | null, settings: SettingsOf<'email'>): StepFault | null {
  if (!settings.deliveryReceipts || link?.extensions.dsn) return null;
  return warning('gateway.no-delivery-reports');
}

function warning(code: string): StepFault {
  return { code, detail: null, warning: true };
}

async function orFault(work: () => Promise<StepFault | null>): Promise<StepFault | null> {
  try {
    return await work();
  } catch (error) {
    const answer = handOverOf(SmtpError.from(error, 'connect'));
    return answer.kind === 'accepted' ? null : { code: answer.code, detail: answer.detail };
  }
}
