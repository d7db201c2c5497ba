import { expect, it } from 'vitest';
import { Dispatcher } from './dispatch.ts';

const clock = { now: () => 0, monotonic: () => 0, setTimer: () => () => {} };
const aDispatcher = () =>
  new Dispatcher({
    clock,
    idSource: { next: () => 'id' },
    logger: { info() {}, warn() {}, error() {} } as never,
    refused: () => {},
    checkOutputs: true,
  });
const principal = { personId: 'p', displayName: 'P', role: 'admin' } as const;

it('an input that nests deeper than the stack is an error reply, not a fault of the engine', async () => {
  const dispatcher = aDispatcher();
  dispatcher.register({ 'rules.save-draft': () => Promise.reject(new Error('never reached')) });
  const ownPackId = '01a00000-0000-7000-8000-000000000001';
  const pack: unknown = JSON.parse(`{"rules":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
  const message = {
    t: 'command',
    id: 7,
    name: 'rules.save-draft',
    input: { ownPackId, pack },
  } as const;
  const commandId = '01a00000-0000-7000-8000-00000000c0de';
  const reply = await dispatcher.dispatch(message, { principal, connectionId: 'c', commandId });
  expect(reply).toMatchObject({ t: 'error', id: 7, error: { code: 'contract.bad-input' } });
});
