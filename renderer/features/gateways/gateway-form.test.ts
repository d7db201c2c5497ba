import { describe, expect, it } from 'vitest';
import { type GatewayKind, gatewaySecrets, gatewaySettings } from '#shared/contract/index.ts';
import { gatewayFields } from './gateway-fields.ts';
import { checkGatewayForm, newGatewayForm, withHost } from './gateway-form.ts';

const kinds = Object.keys(gatewayFields) as GatewayKind[];

/** every setting of a kind, as the contract has it */
function settingNames(kind: GatewayKind): string[] {
  const option = gatewaySettings.options.find(({ shape }) => shape.kind.value === kind);
  return Object.keys(option?.shape ?? {}).filter((name) => name !== 'kind' && name !== 'name');
}

describe.each(kinds)('the form of a gateway of kind %s', (kind) => {
  it('has a field for every setting and every secret of the contract, each once', () => {
    const fields = gatewayFields[kind].map(({ name }) => name);
    const settings = settingNames(kind).filter(
      // a mail and a modem show their own address and number, nothing else
      (name) => !((kind === 'email' || kind === 'modem') && name === 'senders'),
    );
    expect(fields.toSorted()).toEqual([...settings, ...gatewaySecrets[kind]].toSorted());
  });

  it('begins empty where only the provider knows, and says what is missing', () => {
    const { settings, gaps } = checkGatewayForm(newGatewayForm(kind, ''));
    expect(settings).toBeNull();
    const required = gatewayFields[kind].flatMap((field) => (field.required ? field.name : []));
    expect(Object.keys(gaps).toSorted()).toEqual(['name', ...required].toSorted());
    expect(new Set(Object.values(gaps))).toEqual(new Set(['missing']));
  });
});

describe('a filled form', () => {
  it('is taken without blanks around what was pasted and without empty lines', () => {
    const form = newGatewayForm('smpp', ' Operator ');
    const { settings, gaps } = checkGatewayForm({
      ...form,
      values: { ...form.values, host: ' smsc.example ', systemId: 'firm', senders: ['NEST ', ''] },
    });
    expect(gaps).toEqual({});
    expect(settings).toMatchObject({ name: 'Operator', host: 'smsc.example', senders: ['NEST'] });
  });

  it('names a sender that no network shows', () => {
    const form = newGatewayForm('smsapi', 'SMSAPI');
    const { settings, gaps } = checkGatewayForm({
      ...form,
      values: { ...form.values, senders: ['far too long a name'] },
    });
    expect(settings).toBeNull();
    expect(gaps).toEqual({ senders: 'wrong' });
  });

  it('takes an address with its port apart', () => {
    const { values } = newGatewayForm('smpp', 'x');
    expect(withHost(values, 'host', 'smpp://smsc.example:2776')).toMatchObject({
      host: 'smsc.example',
      port: 2776,
    });
    expect(withHost(values, 'host', 'smsc.example')).toMatchObject({
      host: 'smsc.example',
      port: 2775,
    });
    expect(withHost(values, 'host', 'smsc.example:99999')).toMatchObject({
      host: 'smsc.example:99999',
      port: 2775,
    });
  });
});
