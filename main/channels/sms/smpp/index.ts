export { smppAdapter } from './smpp-adapter.ts';
export * from './wire/index.ts';
