import type { SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import type { Clock } from '#shared/util/index.ts';
import type { HandOver, OutgoingMessage } from '../../types.ts';
import { formatAddress, type MailAddress, needsUtf8, readAddress } from '../compose/addresses.ts';
import { type ComposedMail, composeMail } from '../compose/compose-mail.ts';
import { handOverOf } from './smtp-answer.ts';
import { SmtpError } from './smtp-error.ts';
import type { SmtpLink } from './smtp-link.ts';
import type { SmtpPool } from './smtp-pool.ts';

export interface SenderParts {
  settings: SettingsOf<'email'>;
  pool: SmtpPool;
  clock: Clock;
}

/**
 * Hands one message to the submission server.
 * @param automatic made by the program for itself (RFC 3834)
 * @throws Error only for what is wrong with us
 */
export async function handOverMail(
  message: OutgoingMessage,
  { settings, pool, clock }: SenderParts,
  automatic = false,
): Promise<HandOver> {
  const from = readAddress(settings.fromAddress);
  if (from === null) return refused('gateway.sender-refused', settings.fromAddress);
  const to = readAddress(message.to);
  if (to === null) return { ...refused('message.bad-address', null), badAddress: true };
  const mail = await composeMail(message, {
    from: { name: settings.fromName, address: from },
    to,
    at: clock.now(),
    readReceipt: settings.readReceipts,
    automatic,
  });
  if (mail.raw.length > settings.maxBytes)
    return refused('message.too-large', `${mail.raw.length} > ${settings.maxBytes}`);
  try {
    return await pool.use((link) => give(link, mail, from, to, message.messageId, settings));
  } catch (error) {
    if (error instanceof SmtpError) return handOverOf(error);
    throw error;
  }
}

async function give(
  link: SmtpLink,
  mail: ComposedMail,
  from: MailAddress,
  to: MailAddress,
  messageId: string,
  settings: SettingsOf<'email'>,
): Promise<HandOver> {
  const { maxBytes, smtpUtf8, dsn } = link.extensions;
  if (maxBytes !== null && mail.raw.length > maxBytes)
    return refused('message.too-large', `${mail.raw.length} > ${maxBytes}`);
  if (!smtpUtf8 && (needsUtf8(to) || needsUtf8(from)))
    return refused('message.address-not-ascii', null);
  await link.send(
    {
      from: formatAddress(from),
      to: formatAddress(to),
      dsn: settings.deliveryReceipts && dsn ? { envelopeId: messageId } : null,
    },
    mail.raw,
  );
  return { kind: 'accepted', providerIds: [mail.headerId], parts: 1 };
}

function refused(code: string, detail: string | null): Extract<HandOver, { kind: 'rejected' }> {
  return { kind: 'rejected', code, detail, badAddress: false };
}
