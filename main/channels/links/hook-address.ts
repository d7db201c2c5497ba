import { hkdfSync, timingSafeEqual } from 'node:crypto';
import { publicUrlOf } from './public-address.ts';

/**
 * What a provider must know to report to a gateway: part of the address that is entered there. Made of the store's key, so
 * it stays the same, needs no row and can be told by nobody who has not seen the address.
 * @param keyHex key of the store
 */
export function hookSecret(keyHex: string, gatewayId: string): string {
  const key = Buffer.from(keyHex, 'hex');
  return Buffer.from(hkdfSync('sha256', key, gatewayId, 'gateway-hook', 24)).toString('base64url');
}

/** Takes as long for every wrong secret. */
export function isHookSecret(keyHex: string, gatewayId: string, claimed: string): boolean {
  const expected = Buffer.from(hookSecret(keyHex, gatewayId));
  const given = Buffer.from(claimed);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Where a provider reports to; null when the engine has no address on the internet. */
export function hookUrl(publicBaseUrl: string, keyHex: string, gatewayId: string): string | null {
  return publicUrlOf(publicBaseUrl, `/hook/${gatewayId}/${hookSecret(keyHex, gatewayId)}`);
}
