export { createSipEndpoint, type SipServices } from './endpoint.ts';
export * from './registrar/index.ts';
export type * from './types.ts';
