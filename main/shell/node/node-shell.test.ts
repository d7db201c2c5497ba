import { describe, expect, it } from 'vitest';
import { manualClock } from '../../testing/contract-clock.ts';
import { fakeSpawn } from '../../testing/fake-spawn.ts';
import { EngineSupervisor } from '../engine/index.ts';
import type { AppWindow } from './app-window.ts';
import type { ControlRequest } from './control-channel.ts';
import { NodeShell } from './node-shell.ts';

const code = 'c'.repeat(64);

function readyMessage(port = 1, storeKind = 'practice') {
  return {
    type: 'ready',
    url: `http://127.0.0.1:${port}`,
    sipUrl: `ws://127.0.0.1:${port}/sip`,
    pid: 7,
    login: { keyId: 'k', code },
    storeKind,
  };
}

function arrange(options: { window?: boolean; headless?: boolean } = {}) {
  const clock = manualClock();
  const children = fakeSpawn();
  const supervisor = new EngineSupervisor({
    spawn: children.spawn,
    clock,
    storeKind: 'practice',
    launch: (storeKind) => ({ args: [storeKind] }),
  });
  const said: string[] = [];
  const opened: string[] = [];
  const window = { events: { onClosed: () => {}, onFailed: () => {} } };
  const control: { ask?: (ask: ControlRequest) => Promise<string | null>; closed: number } = {
    closed: 0,
  };
  const shell = new NodeShell({
    supervisor,
    headless: options.headless ?? false,
    print: (line) => said.push(`out: ${line}`),
    tell: (line) => said.push(`err: ${line}`),
    tokenFile: () => '/d/engine.token',
    remember: () => {},
    async openControl(answer) {
      control.ask = answer;
      return () => {
        control.closed += 1;
      };
    },
    makeWindow: !options.window
      ? null
      : (events) => {
          window.events = events;
          return {
            open: (url: string) => opened.push(url),
            close: () => opened.push('close'),
          } as unknown as AppWindow;
        },
  });
  const status = shell.run();
  return { clock, children, shell, said, opened, window, control, status };
}

const address = `out: Open http://127.0.0.1:1/#login=k.${code}`;

it('prints the address with its code where no window can be opened', async () => {
  const { children, said } = arrange();
  children.latest().says(readyMessage());
  await expect.poll(() => said).toEqual([address]);
});

it('prints the engine’s line first when headless', async () => {
  const { children, said } = arrange({ headless: true });
  children.latest().says(readyMessage());
  await expect.poll(() => said.length).toBe(2);
  expect(JSON.parse(said[0]?.slice('out: '.length) ?? '')).toEqual({
    url: 'http://127.0.0.1:1',
    sipUrl: 'ws://127.0.0.1:1/sip',
    pid: 7,
    tokenFile: '/d/engine.token',
  });
});

it('prints a fresh code on demand', async () => {
  const { children, shell, said } = arrange();
  children.latest().says(readyMessage());
  const again = shell.openAgain();
  const fresh = { keyId: 'k', code: 'd'.repeat(64) };
  children.latest().says({ type: 'login-code', requestId: 1, login: fresh });
  await again;
  expect(said.at(-1)).toBe(`out: Open http://127.0.0.1:1/#login=k.${fresh.code}`);
});

describe('an engine that starts again', () => {
  it('at the same address leaves the window to reconnect by itself', async () => {
    const { clock, children, opened } = arrange({ window: true });
    children.latest().says(readyMessage());
    await expect.poll(() => opened).toEqual(['http://127.0.0.1:1']);
    children.latest().exits(null);
    clock.advance(1_000);
    children.latest().says(readyMessage());
    expect(opened).toEqual(['http://127.0.0.1:1']);
  });

  it('on the other store gets a new window', async () => {
    const { children, opened } = arrange({ window: true });
    children.latest().says(readyMessage());
    await expect.poll(() => opened).toEqual(['http://127.0.0.1:1']);
    children.latest().says({ type: 'open-store', storeKind: 'real' });
    children.latest().exits(0);
    children.latest().says(readyMessage(2, 'real'));
    expect(opened.slice(1)).toEqual(['close', 'http://127.0.0.1:2']);
  });

  it('that cannot open the other store goes back to the first', async () => {
    const { children, said } = arrange();
    children.latest().says(readyMessage());
    children.latest().says({ type: 'open-store', storeKind: 'real' });
    children.latest().exits(0);
    children.latest().says({ type: 'fatal', code: 'store.key-file-missing', message: 'no key' });
    children.latest().exits(1);
    expect(children.latest().args).toEqual(['practice']);
    expect(said).toContain('err: The engine cannot start: no key (store.key-file-missing)');
  });
});

it('ends with status 1 and the reason when the engine cannot start', async () => {
  const { children, said, status } = arrange();
  children.latest().says({ type: 'fatal', code: 'store.in-use', message: 'it is in use' });
  children.latest().exits(1);
  expect(await status).toBe(1);
  expect(said).toEqual(['err: The engine cannot start: it is in use (store.in-use)']);
});

describe('the end', () => {
  it('stops the engine before the window', async () => {
    const { children, shell, opened, control, status } = arrange({ window: true });
    children.latest().says(readyMessage());
    await expect.poll(() => opened).toHaveLength(1);
    void shell.stop();
    expect(opened).toHaveLength(1);
    children.latest().exits(0);
    expect(await status).toBe(0);
    expect(opened.at(-1)).toBe('close');
    expect(control.closed).toBe(1);
  });

  it('comes when the window is closed and no call is up', async () => {
    const { children, window, status } = arrange({ window: true });
    children.latest().says(readyMessage());
    window.events.onClosed();
    children.latest().exits(0);
    expect(await status).toBe(0);
  });

  it('does not come while calls are up', () => {
    const { children, window, said } = arrange({ window: true });
    children.latest().says(readyMessage());
    children.latest().says({ type: 'lines-up', count: 2 });
    window.events.onClosed();
    expect(children.latest().sent).toEqual([]);
    expect(said.at(-1)).toContain('the engine goes on');
  });
});

it('prints the address when the browser does not start', async () => {
  const { children, window, opened, said } = arrange({ window: true });
  children.latest().says(readyMessage());
  await expect.poll(() => opened).toHaveLength(1);
  window.events.onFailed();
  children.latest().says({ type: 'login-code', requestId: 1, login: { keyId: 'k', code } });
  await expect.poll(() => said.at(-1)).toBe(address);
});

it('gives a second start an address, or opens a window for it', async () => {
  const { children, opened, control } = arrange({ window: true });
  children.latest().says(readyMessage());
  await expect.poll(() => opened).toHaveLength(1);
  const printed = control.ask?.('login-address');
  children.latest().says({ type: 'login-code', requestId: 1, login: { keyId: 'k', code } });
  expect(await printed).toBe(`http://127.0.0.1:1/#login=k.${code}`);
  const shown = control.ask?.('open-window');
  children.latest().says({ type: 'login-code', requestId: 2, login: { keyId: 'k', code } });
  expect(await shown).toBe('');
  expect(opened).toHaveLength(2);
});
