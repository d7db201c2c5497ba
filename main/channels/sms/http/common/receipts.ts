import type { Incoming, OutgoingMedia, Receipt } from '../../../types.ts';

/** A receipt of a provider; what is not said is `null` or false. */
export function receipt(
  state: Receipt['state'],
  known: Partial<Omit<Receipt, 'kind' | 'state'>>,
): Receipt {
  return {
    kind: 'receipt',
    providerId: null,
    messageId: null,
    hint: false,
    badAddress: false,
    code: null,
    at: null,
    ...known,
    state,
  };
}

/** Something that a debtor's phone sent. */
export function incoming(
  known: Pick<Incoming, 'sourceKey' | 'channel' | 'from'> & Partial<Omit<Incoming, 'kind'>>,
): Incoming {
  return {
    kind: 'incoming',
    to: null,
    text: null,
    subject: null,
    html: null,
    media: [] as readonly OutgoingMedia[],
    at: null,
    headerId: null,
    references: [],
    answersProviderId: null,
    automatic: false,
    part: null,
    ...known,
  };
}
