import { describe, expect, it } from 'vitest';
import { trunkSettings } from '#shared/contract/index.ts';
import { cleanSettings, newTrunkForm, type TrunkForm, trunkGaps, withHost } from './trunk-form.ts';

const filled = (overrides: Partial<TrunkForm['settings']> = {}): TrunkForm => {
  const form = newTrunkForm('PL');
  return {
    ...form,
    settings: { ...form.settings, name: 'Carrier', host: 'sip.example', user: '48', ...overrides },
  };
};

describe('the trunk form', () => {
  it('starts with settings that only lack what a person must say', () => {
    expect(trunkGaps(newTrunkForm('PL'))).toEqual(['name', 'host', 'user']);
    expect(trunkGaps(filled())).toEqual([]);
    expect(trunkSettings.safeParse(filled().settings).success).toBe(true);
  });

  it('needs no user when the carrier knows our address', () => {
    expect(trunkGaps(filled({ authentication: 'address', user: '' }))).toEqual([]);
  });

  it('refuses what is not a host', () => {
    for (const host of [
      '',
      'sip:proxy.example',
      'proxy example',
      'user@proxy.example',
      'https://x',
    ]) {
      expect(trunkGaps(filled({ host }))).toContain('host');
    }
  });

  it('asks for what the way through the router needs', () => {
    expect(trunkGaps(filled({ nat: { kind: 'stun', server: ' ' } }))).toEqual(['natServer']);
    expect(trunkGaps(filled({ nat: { kind: 'publicAddress', address: '' } }))).toEqual([
      'natAddress',
    ]);
  });

  it('takes only E.164 numbers to show, each once', () => {
    const numbers = (...all: string[]): TrunkForm => ({
      ...filled(),
      callerIds: all.map((e164) => ({ e164, label: '' })),
    });
    expect(trunkGaps(numbers('+48221234567'))).toEqual([]);
    expect(trunkGaps(numbers('221234567'))).toEqual(['callerIds']);
    expect(trunkGaps(numbers('+48221234567', '+48221234567'))).toEqual(['sameCallerId']);
  });

  it('does not let through what the contract refuses', () => {
    expect(trunkGaps(filled({ port: 0 }))).toEqual(['other']);
  });

  it('drops blanks that were pasted', () => {
    expect(cleanSettings(filled({ host: ' sip.example ' }).settings).host).toBe('sip.example');
  });
});

describe('a pasted host', () => {
  const { settings } = newTrunkForm('PL');
  it('is taken apart into name and port', () => {
    expect(withHost(settings, 'sip:proxy.example:5070')).toMatchObject({
      host: 'proxy.example',
      port: 5070,
    });
  });

  it('is left as it is typed otherwise', () => {
    expect(withHost(settings, 'proxy.exam')).toMatchObject({ host: 'proxy.exam', port: 5060 });
    expect(withHost(settings, 'proxy:99999')).toMatchObject({ host: 'proxy:99999', port: 5060 });
  });
});
