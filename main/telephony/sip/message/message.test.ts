import { describe, expect, it } from 'vitest';
import {
  checkMessage,
  cseqOf,
  escapeUser,
  header,
  headers,
  parseMessage,
  parseNameAddress,
  parseUri,
  parseVia,
  q850CauseOf,
  type SipMessage,
  serialise,
  splitOutsideQuotes,
} from './index.ts';

const INVITE = [
  'INVITE sip:+48221234567@carrier.example SIP/2.0',
  'Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKabc;rport',
  'From: "Firm, Ltd; \\"A\\"" <sip:firm@carrier.example>;tag=1',
  'To: <sip:+48221234567@carrier.example>',
  'Call-ID: a@b',
  'CSeq: 1 INVITE',
  'Content-Type: application/sdp',
  'Content-Length: 7',
  '',
  'ąę=12',
].join('\r\n');

function parsed(text: string | Uint8Array): SipMessage {
  const result = parseMessage(typeof text === 'string' ? Buffer.from(text) : text);
  if (!result.ok) throw new Error(result.failure);
  return result.message;
}

describe('parsing and serialising', () => {
  it('are the inverse of each other, with lengths in bytes', () => {
    const message = parsed(INVITE);
    expect(message.body).toBe('ąę=12');
    expect(parsed(serialise(message))).toEqual({
      ...message,
      headers: expect.arrayContaining([{ name: 'Content-Length', value: '7' }]),
    });
  });

  it('reads a view into a larger buffer as no more than it is', () => {
    const padded = Buffer.concat([Buffer.from('junk'), Buffer.from(INVITE), Buffer.from('junk')]);
    expect(parsed(padded.subarray(4, padded.length - 4)).body).toBe('ąę=12');
  });

  it('skips line ends before the start line (RFC 3261 §7.5)', () => {
    expect(parsed(`\r\n\r\n${INVITE}`).kind).toBe('request');
  });

  it('says why it refuses, in a word, and gives what it read', () => {
    const reasons = [
      ['x'.repeat(70_000), 'too-large'],
      ['INVITE sip:a SIP/2.0\r\n', 'no-header-end'],
      ['what is this\r\n\r\n', 'start-line'],
      ['OPTIONS sip:a SIP/1.0\r\n\r\n', 'version'],
      [INVITE.replace('Call-ID:', 'Call ID'), 'header-line'],
      [INVITE.replace('a@b', 'a\u0000b'), 'header-line'],
      [
        INVITE.replace('Content-Length: 7', 'Content-Length: 7\r\nContent-Length: 8'),
        'content-length',
      ],
      [INVITE.replace('Content-Length: 7', 'Content-Length: 70'), 'truncated-body'],
      [`OPTIONS sip:a SIP/2.0\r\n${'X: y\r\n'.repeat(300)}\r\n`, 'too-many-headers'],
    ];
    for (const [text, failure] of reasons) {
      const result = parseMessage(Buffer.from(text ?? ''));
      expect(result.ok ? 'ok' : result.failure).toBe(failure);
    }
  });

  it('splits Via lists and keeps other lists whole', () => {
    const message = parsed(
      INVITE.replace(';rport', ';rport, SIP/2.0/UDP b;branch=z9hG4bKb').replace(
        'Call-ID',
        'Allow: INVITE, BYE\r\nCall-ID',
      ),
    );
    expect(headers(message, 'via')).toHaveLength(2);
    expect(headers(message, 'allow')).toEqual(['INVITE, BYE']);
  });
});

describe('checking', () => {
  it.each([
    ['Via: SIP/2.0/UDP 10.0.0.1:5060;rport', 'via'],
    ['From: <sip:a@b>', 'from'],
    ['To: <>', 'to'],
    ['Call-ID: two words', 'call-id'],
    ['CSeq: 1', 'cseq'],
    ['CSeq: 4294967296 INVITE', 'cseq'],
    ['CSeq: 1 BYE', 'cseq-method'],
  ])('%s is refused as %s', (line, failure) => {
    const name = line.slice(0, line.indexOf(':'));
    const text = INVITE.replace(new RegExp(`${name}: .*`), line);
    expect(checkMessage(parsed(text))).toBe(failure);
  });

  it('passes what is whole', () => {
    expect(checkMessage(parsed(INVITE))).toBeNull();
    expect(cseqOf(parsed(INVITE))).toEqual({ number: 1, method: 'INVITE' });
  });
});

describe('header values', () => {
  it('respects quotes, escapes and angle brackets', () => {
    expect(splitOutsideQuotes('"a,\\",b" <sip:x,y>, c', ',')).toEqual([
      '"a,\\",b" <sip:x,y>',
      ' c',
    ]);
    expect(parseNameAddress(header(parsed(INVITE), 'From')!)?.parameters.get('tag')).toBe('1');
  });

  it('reads URIs in every shape carriers use, and refuses the rest', () => {
    expect(
      parseUri('sip:+48%20600;phone-context=x@Host.Example:5080;user=phone?Subject=1'),
    ).toEqual({
      scheme: 'sip',
      user: '+48 600',
      host: 'host.example',
      port: 5080,
      parameters: new Map([['user', 'phone']]),
    });
    expect(parseUri('sips:[2001:db8::1]:5061')?.host).toBe('[2001:db8::1]');
    expect(parseUri('tel:+48600;ext=1')).toMatchObject({ scheme: 'tel', user: '+48600' });
    for (const bad of ['http://x', 'sip:', 'sip:%zz@x', 'sip:a@b:99999', '']) {
      expect(parseUri(bad)).toBeNull();
    }
  });

  it('reads Via with its sent-by in lower case, and needs a branch', () => {
    expect(parseVia('SIP / 2.0 / udp HOST.Example:5060 ;branch=z9hG4bK1')).toMatchObject({
      sentBy: 'host.example:5060',
      branch: 'z9hG4bK1',
    });
    expect(parseVia('SIP/2.0/UDP host')).toBeNull();
  });

  it('finds the Q.850 cause among other reasons', () => {
    expect(q850CauseOf('SIP;cause=200;text="a, b", Q.850;cause=17;text="User busy"')).toBe(17);
    expect(q850CauseOf('SIP;cause=487')).toBeNull();
    expect(q850CauseOf(undefined)).toBeNull();
  });

  it('escapes what would change the meaning of a URI', () => {
    expect(escapeUser('+48 22#1@x;y')).toBe('+48%2022%231%40x%3By');
  });
});
