import { expect, it } from 'vitest';
import { manualClock } from '../../testing/contract-clock.ts';
import { fakeSpawn } from '../../testing/fake-spawn.ts';
import { EngineSupervisor, type SupervisorOptions, type SupervisorReport } from './index.ts';

const login = { keyId: 'k', code: 'c' };

function readyMessage(storeKind = 'practice') {
  return { type: 'ready', url: 'http://127.0.0.1:1', sipUrl: 's', pid: 7, login, storeKind };
}

function arrange(more: Partial<SupervisorOptions> = {}) {
  const clock = manualClock();
  const children = fakeSpawn();
  const reports: SupervisorReport[] = [];
  const supervisor = new EngineSupervisor({
    spawn: children.spawn,
    clock,
    storeKind: 'practice',
    launch: (storeKind, newPort) => ({ args: [storeKind, newPort ? 'new' : 'old'] }),
    ...more,
  });
  supervisor.on((report) => reports.push(report));
  return { clock, children, reports, supervisor };
}

it('reports a ready engine with the code for its window', () => {
  const { children, reports, supervisor } = arrange();
  supervisor.start();
  children.latest().says(readyMessage());
  expect(reports).toEqual([
    {
      type: 'ready',
      ready: { url: 'http://127.0.0.1:1', sipUrl: 's', pid: 7, login, storeKind: 'practice' },
    },
  ]);
});

it('starts an engine that died again within 300 ms', () => {
  const { clock, children, reports, supervisor } = arrange();
  supervisor.start();
  children.latest().says(readyMessage());
  clock.advance(10_000);
  children.latest().exits(null);
  clock.advance(300);
  expect(children.children).toHaveLength(2);
  expect(reports.map((report) => report.type)).toEqual(['ready', 'lost']);
});

it('never starts it again while stopping', async () => {
  const { clock, children, supervisor } = arrange();
  supervisor.start();
  children.latest().says(readyMessage());
  const stopped = supervisor.stop();
  expect(children.latest().sent).toEqual([{ type: 'stop' }]);
  children.latest().exits(0);
  await stopped;
  clock.advance(60_000);
  expect(children.children).toHaveLength(1);
});

it('ends an engine that does not end by itself', async () => {
  const { clock, children, supervisor } = arrange();
  supervisor.start();
  const stopped = supervisor.stop();
  clock.advance(9_000);
  await stopped;
  expect(children.latest().stops).toBe(1);
});

it('takes another port when the old one is taken', () => {
  const { clock, children, supervisor } = arrange();
  supervisor.start();
  children.latest().says({ type: 'fatal', code: 'contract.address-in-use', message: 'm' });
  children.latest().exits(1);
  clock.advance(100);
  expect(children.latest().args).toEqual(['practice', 'new']);
});

it('moves to the other store when the engine asks for it', () => {
  const { children, supervisor } = arrange();
  supervisor.start();
  children.latest().says(readyMessage());
  children.latest().says({ type: 'open-store', storeKind: 'real' });
  expect(children.children).toHaveLength(1);
  children.latest().exits(0);
  expect(children.latest().args).toEqual(['real', 'old']);
  expect(supervisor.storeKind).toBe('real');
});

it('asks for fresh codes, and refuses while there is no engine to ask', async () => {
  const { children, supervisor } = arrange();
  supervisor.start();
  await expect(supervisor.newLoginCode()).rejects.toMatchObject({ code: 'shell.engine-not-ready' });
  children.latest().says(readyMessage());
  const fresh = supervisor.newLoginCode();
  expect(children.latest().sent).toEqual([{ type: 'new-login-code', requestId: 1 }]);
  children.latest().says({ type: 'login-code', requestId: 1, login: { keyId: 'k2', code: 'c2' } });
  expect(await fresh).toEqual({ keyId: 'k2', code: 'c2' });
});

it('a code that was asked for is refused when the engine dies', async () => {
  const { children, supervisor } = arrange();
  supervisor.start();
  children.latest().says(readyMessage());
  const fresh = supervisor.newLoginCode();
  children.latest().exits(null);
  await expect(fresh).rejects.toMatchObject({ code: 'shell.engine-not-ready' });
});

it('wraps keys with the shell’s key store', async () => {
  const secrets = {
    wrap: async (key: Uint8Array) => Uint8Array.from([...key, 1]),
    unwrap: () => Promise.reject(new Error('locked')),
  };
  const { children, supervisor } = arrange({ secrets });
  supervisor.start();
  children.latest().says({ type: 'wrap-key', requestId: 3, key: Uint8Array.of(9) });
  children.latest().says({ type: 'unwrap-key', requestId: 4, wrapped: Uint8Array.of(9) });
  await expect
    .poll(() => children.latest().sent)
    .toEqual([
      { type: 'key-result', requestId: 3, ok: true, bytes: Uint8Array.of(9, 1) },
      { type: 'key-result', requestId: 4, ok: false, message: 'locked' },
    ]);
});

it('says so where there is no key store', () => {
  const { children, supervisor } = arrange();
  supervisor.start();
  children.latest().says({ type: 'wrap-key', requestId: 3, key: Uint8Array.of(9) });
  expect(children.latest().sent).toMatchObject([{ type: 'key-result', requestId: 3, ok: false }]);
});
