import type { LookupKind } from '#shared/contract/lookup.contract.ts';
import type { LookupProvider } from '../provider.ts';
import { hlrLookups } from './hlr-lookups.ts';
import { infobip } from './infobip.ts';
import { practice } from './practice.ts';
import { smsapi } from './smsapi.ts';
import { twilio } from './twilio.ts';

export const providers: Readonly<Record<LookupKind, LookupProvider>> = {
  hlrLookups,
  infobip,
  practice,
  smsapi,
  twilio,
};
