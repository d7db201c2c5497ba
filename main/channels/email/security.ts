import type { ConnectionOptions } from 'node:tls';
import type { SettingsOf } from '#shared/contract/gateway-settings.schema.ts';

export type MailSecurity = SettingsOf<'email'>['smtpSecurity'];

/** Where and how to connect, of either protocol. */
export interface MailPeer {
  host: string;
  port: number;
  security: MailSecurity;
  /** '' when the server wants no login */
  user: string;
  password: string;
  tls: ConnectionOptions;
}

export function smtpPeer(
  settings: SettingsOf<'email'>,
  secrets: Readonly<Record<string, string>>,
): MailPeer {
  return {
    host: settings.smtpHost,
    port: settings.smtpPort,
    security: settings.smtpSecurity,
    user: settings.smtpUser,
    password: secrets.smtpPassword ?? '',
    tls: tlsOptions(settings),
  };
}

/** @returns null when no mailbox is read */
export function imapPeer(
  settings: SettingsOf<'email'>,
  secrets: Readonly<Record<string, string>>,
): MailPeer | null {
  if (settings.imapHost === '') return null;
  // most servers know one login for both; a password of its own is stored when they differ
  const user = settings.imapUser === '' ? settings.smtpUser : settings.imapUser;
  return {
    host: settings.imapHost,
    port: settings.imapPort,
    security: settings.imapSecurity,
    user,
    password: secrets.imapPassword ?? secrets.smtpPassword ?? '',
    tls: tlsOptions(settings),
  };
}

function tlsOptions({ tls }: SettingsOf<'email'>): ConnectionOptions {
  return {
    minVersion: 'TLSv1.2',
    rejectUnauthorized: tls?.verify ?? true,
    ...(tls?.authority === undefined || tls.authority === '' ? {} : { ca: tls.authority }),
  };
}

/** Whether a login may go there in the clear: to this machine alone. */
export function mayConnect(peer: MailPeer): boolean {
  return peer.security !== 'none' || isThisMachine(peer.host);
}

function isThisMachine(host: string): boolean {
  const plain = host
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/^::ffff:/, '');
  return plain === 'localhost' || plain === '::1' || /^127(?:\.\d{1,3}){3}$/.test(plain);
}
