import { type GatewaySettings, gatewaySecrets } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { GatewayRecord } from './gateway-rows.ts';
import { hasUsableAddresses, isLoopbackHost, staysOnThisMachine } from './loopback.ts';

/**
 * Whether a gateway may be used, or tried, as it is set up.
 * @throws AppError `gateway.practice-only`, `gateway.bad-address`
 */
export function assertUsable(settings: GatewaySettings, storeKind: StoreKind): void {
  if (!hasUsableAddresses(settings))
    throw new AppError('gateway.bad-address', 'not an http or https address');
  if (sendsInTheClear(settings))
    throw new AppError(
      'gateway.bad-address',
      'a password goes out in the clear only on this machine',
    );
  if (storeKind === 'practice' && !staysOnThisMachine(settings))
    throw new AppError('gateway.practice-only', 'a practice store uses gateways of this machine');
}

/** SMPP and MM7 have no other way to many centres, which are reached by a line of one's own. */
function sendsInTheClear(settings: GatewaySettings): boolean {
  if (settings.kind === 'smpp' || settings.kind === 'mm7' || settings.kind === 'modem')
    return false;
  if (settings.kind !== 'email') {
    if (settings.baseUrl === '') return false;
    const { protocol, hostname } = new URL(settings.baseUrl);
    return protocol === 'http:' && !isLoopbackHost(hostname);
  }
  const smtp = settings.smtpSecurity === 'none' && !isLoopbackHost(settings.smtpHost);
  const hasImap = settings.imapHost !== '';
  return (
    smtp || (hasImap && settings.imapSecurity === 'none' && !isLoopbackHost(settings.imapHost))
  );
}

/**
 * A stored secret goes only to where it was entered for: another address needs it again.
 * @throws AppError `gateway.secret-needed`
 */
export function assertSecretsStay(
  before: GatewayRecord,
  settings: GatewaySettings,
  given: Readonly<Record<string, string>>,
): void {
  if (targetOf(before.settings) === targetOf(settings)) return;
  const kept = Object.keys(before.secrets).filter((name) => given[name] === undefined);
  if (kept.length > 0)
    throw new AppError('gateway.secret-needed', 'another address needs its secrets again', {
      details: { secrets: kept },
    });
}

/** Where secrets go. */
function targetOf(settings: GatewaySettings): string {
  switch (settings.kind) {
    case 'smpp':
      return `${settings.host}:${settings.port}`;
    case 'email':
      return [settings.smtpHost, settings.smtpPort, settings.imapHost, settings.imapPort].join();
    case 'mm7':
      return settings.url;
    case 'modem':
      return settings.port;
    default:
      return settings.baseUrl;
  }
}

/** Only those that the kind has. */
export function knownSecrets(
  kind: GatewaySettings['kind'],
  secrets: Readonly<Record<string, string>>,
): Record<string, string> {
  const names: readonly string[] = gatewaySecrets[kind];
  return Object.fromEntries(Object.entries(secrets).filter(([name]) => names.includes(name)));
}
