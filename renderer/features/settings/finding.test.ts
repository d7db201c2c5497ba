import { describe, expect, it } from 'vitest';
import { messagesOf } from '../../app/i18n.ts';
import { detailsText, findingKey } from './finding.ts';

/** Every finding that the engine's trunk test and audio test can give. */
const findings = [
  'trunk.store-kind-fits',
  'trunk.resolved',
  'trunk.nat-none',
  'trunk.nat-publicAddress',
  'trunk.public-address',
  'trunk.reached',
  'trunk.registered',
  'trunk.no-registration',
  'trunk.no-answer',
  'trunk.wrong-password',
  'trunk.forbidden',
  'trunk.unknown-user',
  'trunk.refused',
  'trunk.unknown-host',
  'trunk.no-route',
  'telephony.practice-store',
  'telephony.real-store',
  'sip.stun-no-answer',
  'sip.stun-unreachable',
  'sip.bind-failed',
  'sip.not-sent',
  'sip.unsendable',
  'sip.closed',
  'audio.both-ways',
  'audio.no-key',
  'audio.we-hear-nothing',
  'audio.silent',
  'audio.not-answered',
];

describe('findings', () => {
  it.each(['en', 'pl', 'ru', 'zh'] as const)('have text in %s', (language) => {
    const tree = messagesOf(language);
    const missing = findings.filter((finding) => {
      let at: unknown = tree;
      for (const part of findingKey(finding, 'what').split('.')) {
        at = (at as Record<string, unknown> | undefined)?.[part];
      }
      return typeof at !== 'string';
    });
    expect(missing).toEqual([]);
  });

  it('give their facts in one line', () => {
    expect(detailsText({ status: 403, reasonPhrase: 'Forbidden' })).toBe('SIP 403 Forbidden');
    expect(detailsText({ status: 200, roundTripMs: 12 })).toBe('SIP 200 · 12 ms');
    expect(detailsText({ host: '192.0.2.1', port: 40_000 })).toBe('192.0.2.1:40000');
    expect(detailsText({})).toBe('');
  });
});
