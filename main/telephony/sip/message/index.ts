export * from './check.ts';
export * from './header-values.ts';
export * from './parse.ts';
export * from './reply.ts';
export * from './sip-message.ts';
export * from './tokens.ts';
