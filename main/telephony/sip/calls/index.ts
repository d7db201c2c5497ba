export * from './incoming-call.ts';
export * from './make-invite.ts';
export * from './outgoing-call.ts';
