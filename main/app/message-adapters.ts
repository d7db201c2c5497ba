import { emailAdapter } from '../channels/email/index.ts';
import type { AnyAdapterKind } from '../channels/gateways/index.ts';
import { mm7Adapter } from '../channels/mms/mm7/index.ts';
import {
  infobipAdapter,
  serwersmsAdapter,
  smsapiAdapter,
  twilioAdapter,
  vonageAdapter,
} from '../channels/sms/http/index.ts';
import { modemAdapter } from '../channels/sms/modem/index.ts';
import { smppAdapter } from '../channels/sms/smpp/index.ts';

/** Every kind of gateway that this program can talk to. */
export const messageAdapters: readonly AnyAdapterKind[] = [
  smppAdapter,
  twilioAdapter,
  smsapiAdapter,
  serwersmsAdapter,
  infobipAdapter,
  vonageAdapter,
  modemAdapter,
  mm7Adapter,
  emailAdapter,
];
