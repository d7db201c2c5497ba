export * from './call-transport.ts';
export * from './sip-core.ts';
