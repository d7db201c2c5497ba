import { emailAdapter } from '../channels/email/index.ts';
import type { AnyAdapterKind } from '../channels/gateways/index.ts';
import { smppAdapter } from '../channels/sms/smpp/index.ts';

/** Every kind of gateway that this program can talk to. */
export const messageAdapters: readonly AnyAdapterKind[] = [emailAdapter, smppAdapter];
