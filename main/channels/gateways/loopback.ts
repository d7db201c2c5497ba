import { realpathSync } from 'node:fs';
import type { GatewaySettings } from '#shared/contract/index.ts';

/** Also `[::1]` and IPv4 written as IPv6. */
export function isLoopbackHost(host: string): boolean {
  const plain = host
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/^::ffff:/, '');
  return plain === 'localhost' || plain === '::1' || /^127(?:\.\d{1,3}){3}$/.test(plain);
}

/** Whether everything that a gateway would connect to is on this machine: all that a practice store may use. */
export function staysOnThisMachine(settings: GatewaySettings): boolean {
  switch (settings.kind) {
    case 'smpp':
      return isLoopbackHost(settings.host);
    case 'email':
      return (
        isLoopbackHost(settings.smtpHost) &&
        (settings.imapHost === '' || isLoopbackHost(settings.imapHost))
      );
    case 'mm7':
      return isLoopbackUrl(settings.url) && isLoopbackHost(settings.listenHost);
    case 'modem':
      return isPretendedPort(settings.port);
    default:
      // An empty address is the provider's own.
      return isLoopbackUrl(settings.baseUrl);
  }
}

/** Addresses that somebody entered are addresses: http or https, without a login in them. */
export function hasUsableAddresses(settings: GatewaySettings): boolean {
  switch (settings.kind) {
    case 'smpp':
    case 'email':
    case 'modem':
      return true;
    case 'mm7':
      return isUsableUrl(settings.url);
    default:
      return settings.baseUrl === '' || isUsableUrl(settings.baseUrl);
  }
}

/** http or https, without a login, a query or a fragment. */
export function isUsableUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  const usable = protocol === 'https:' || protocol === 'http:';
  return usable && username === '' && password === '' && hash === '';
}

function isLoopbackUrl(text: string): boolean {
  return URL.canParse(text) && isLoopbackHost(new URL(text).hostname);
}

/** A port on the network of this machine, or a pseudo-terminal: no modem is behind it. */
function isPretendedPort(port: string): boolean {
  if (port.startsWith('tcp://')) return isLoopbackUrl(port.replace(/^tcp:/, 'http:'));
  try {
    return realpathSync(port).startsWith('/dev/pts/');
  } catch {
    return false;
  }
}
