export { createRegistrar, REPLACED_CLOSE_CODE, type RegistrarOptions } from './registrar.ts';
export { SOCKET_GRACE_MS } from './softphone.ts';
export type * from './types.ts';
