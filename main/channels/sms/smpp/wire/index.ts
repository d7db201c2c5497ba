export { commandStatus, statusName } from './command-status.ts';
export type { Pdu, PduFields, PduTlvs } from './pdu.ts';
export { type Answer, type RequestOptions, SmppWire, type WireEnd } from './smpp-wire.ts';
