import type { GatewayTestStep } from '#shared/contract/gateway.contract.ts';
import type { AdapterParts, OutgoingMessage } from '../../types.ts';
import { sameAddress } from '../compose/addresses.ts';
import { imapTimeouts } from '../imap/imap-login.ts';
import { imapPeer, smtpPeer } from '../security.ts';
import { handOverMail } from '../smtp/mail-sender.ts';
import { SmtpPool, smtpTimeouts } from '../smtp/smtp-pool.ts';
import { tryArrival, tryImap } from './trial-imap.ts';
import { trySmtp } from './trial-smtp.ts';
import { type StepFault, TrialSteps } from './trial-steps.ts';

/**
 * Tries both servers step by step. A message that goes to our own address is also waited for.
 * Steps: `resolve connect tls login sender dsn`, `imap-resolve imap-connect imap-tls imap-login mailbox idle`, `send arrival`.
 */
export async function testEmail(
  parts: AdapterParts<'email'>,
  message: OutgoingMessage | null,
): Promise<GatewayTestStep[]> {
  const { settings, secrets, clock } = parts;
  const steps = new TrialSteps(clock);
  const canSend = await trySmtp(steps, smtpPeer(settings, secrets), settings, smtpTimeouts);
  const peer = imapPeer(settings, secrets);
  const client = peer === null ? null : await tryImap(steps, peer, settings.mailbox, imapTimeouts);
  if (peer === null) await steps.run('mailbox', () => Promise.resolve(nothingIsRead));
  try {
    if (message === null) return steps.list;
    if (!canSend) {
      steps.skip(['send']);
      return steps.list;
    }
    let headerId = '';
    const sent = await steps.run('send', async () => {
      const answer = await sendOnce(parts, message);
      if (answer.kind !== 'accepted') return { code: answer.code, detail: answer.detail };
      headerId = answer.providerIds[0] ?? '';
      return null;
    });
    if (client === null || !sameAddress(message.to, settings.fromAddress)) return steps.list;
    if (sent) await steps.run('arrival', () => tryArrival(client, headerId, clock));
    else steps.skip(['arrival']);
    return steps.list;
  } finally {
    client?.close();
  }
}

const nothingIsRead: StepFault = { code: 'gateway.no-mailbox', detail: null, warning: true };

async function sendOnce(parts: AdapterParts<'email'>, message: OutgoingMessage) {
  const { settings, secrets, clock } = parts;
  const pool = new SmtpPool(smtpPeer(settings, secrets), smtpTimeouts, clock);
  try {
    return await handOverMail(message, { settings, pool, clock }, true);
  } finally {
    pool.close();
  }
}
