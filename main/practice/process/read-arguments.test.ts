import { expect, it } from 'vitest';
import { readCarrierArguments } from './read-arguments.ts';

it('reads a scenario, an address and a log', () => {
  const args = '--scenario a.json --listen udp:127.0.0.1:5070 --log calls.jsonl'.split(' ');
  expect(readCarrierArguments(args)).toEqual({
    type: 'start',
    scenario: 'a.json',
    listen: { host: '127.0.0.1', port: 5070 },
    log: 'calls.jsonl',
  });
  expect(readCarrierArguments(['--scenario', 'a', '--listen', 'udp:[::1]:0'])?.listen).toEqual({
    host: '::1',
    port: 0,
  });
});

it('leaves the start to the parent when there are none', () => {
  expect(readCarrierArguments([])).toBeNull();
});

it.each([
  ['--scenario a.json'],
  ['--scenario a.json --listen tcp:127.0.0.1:5070'],
  ['--scenario a.json --listen udp:127.0.0.1:70000'],
  ['--scenario a.json --listen udp:127.0.0.1:1 --colour blue'],
])('refuses %s', (line) => {
  expect(() => readCarrierArguments(line.split(' '))).toThrow(/usage/);
});
