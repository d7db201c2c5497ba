export { createSipEndpoint, type SipServices } from './endpoint.ts';
export type * from './types.ts';
