export { createSipEndpoint, type SipServices } from './endpoint.ts';
export * from './registrar/index.ts';
export { discoverPublicAddress } from './stun/index.ts';
export type * from './types.ts';
