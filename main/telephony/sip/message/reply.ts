import { header, headers, type SipRequest, type SipResponse } from './sip-message.ts';

export interface ReplyOptions {
  status: number;
  reasonPhrase: string;
  /** put on To when the request has no tag there and the status is above 100 */
  toTag: string;
  extraHeaders?: readonly { name: string; value: string }[];
  body?: string;
}

/** A response to a request that no transaction of sip.js looks after (RFC 3261 §8.2.6). */
export function makeReply(request: SipRequest, options: ReplyOptions): SipResponse {
  const to = header(request, 'To') ?? '';
  const tagged = options.status > 100 && to !== '' && !/;\s*tag=/i.test(to);
  return {
    kind: 'response',
    status: options.status,
    reasonPhrase: options.reasonPhrase,
    headers: [
      ...headers(request, 'Via').map((value) => ({ name: 'Via', value })),
      { name: 'From', value: header(request, 'From') ?? '' },
      { name: 'To', value: tagged ? `${to};tag=${options.toTag}` : to },
      { name: 'Call-ID', value: header(request, 'Call-ID') ?? '' },
      { name: 'CSeq', value: header(request, 'CSeq') ?? '' },
      ...(options.extraHeaders ?? []),
    ],
    body: options.body ?? '',
  };
}
