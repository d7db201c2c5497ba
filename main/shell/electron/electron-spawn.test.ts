import { expect, it } from 'vitest';
import { manualClock } from '../../testing/contract-clock.ts';
import { ElectronStandIn, type StandInChild } from '../../testing/electron-stand-in.ts';
import { CHANNEL_VARIABLE } from '../utility/child-messages.ts';
import { createSpawnThroughShell } from '../utility/spawn-through-shell.ts';
import { findUtilityParent } from '../utility/utility-parent.ts';
import type { ShellPort, UtilityMessage } from '../utility/utility-ports.ts';
import { createElectronSpawn } from './electron-spawn.ts';

/** A utility process’s own end of the channel to the shell that a test plays. */
function insideOf(child: StandInChild): ShellPort & { receive(): void } {
  const listeners: ((event: UtilityMessage) => void)[] = [];
  let received = 0;
  return {
    postMessage: (message) => void child.emit('message', message),
    on: (_event, listener) => void listeners.push(listener),
    /** takes what the shell has sent since */
    receive() {
      for (const { message, ports } of child.sent.slice(received)) {
        received += 1;
        const event = { data: message, ports: ports as UtilityMessage['ports'] };
        for (const listener of listeners) listener(event);
      }
    },
  };
}

function arrange() {
  const electron = new ElectronStandIn();
  const clock = manualClock();
  const killed: number[] = [];
  const spawn = createElectronSpawn({
    electron: electron.api,
    clock,
    programFile: (name) => `/dist/${name}.mjs`,
    kill: (pid) => killed.push(pid),
  });
  const engine = spawn('engine', { args: ['--data', '/d'] });
  const engineSide = insideOf(electron.children[0]!);
  const spawnInside = createSpawnThroughShell(engineSide);
  return { electron, clock, killed, engine, engineSide, spawnInside };
}

function startsMedia() {
  const given = arrange();
  const media = given.spawnInside('media', { env: { LOG: '1' } });
  const mediaChild = given.electron.children[1]!;
  const mediaSide = insideOf(mediaChild);
  const parent = findUtilityParent(mediaSide, mediaChild.env);
  return { ...given, media, mediaChild, mediaSide, parent: parent! };
}

it('starts programs as utility processes, without our secrets', () => {
  const { electron } = arrange();
  expect(electron.children[0]?.file).toBe('/dist/engine.mjs');
  expect(electron.children[0]?.args).toEqual(['--data', '/d']);
});

it('joins an engine’s child to the engine by a port of their own; nothing that was said early is lost', () => {
  const { media, mediaChild, mediaSide, engineSide, parent } = startsMedia();
  const heard: unknown[] = [];
  const answers: unknown[] = [];
  parent.onMessage((message) => heard.push(message));
  media.onMessage((message) => answers.push(message));
  media.send('early');
  parent.send('early answer');
  mediaChild.emit('spawn');
  mediaSide.receive();
  engineSide.receive();
  media.send('later');
  expect(heard).toEqual(['early', 'later']);
  expect(answers).toEqual(['early answer']);
  expect(media.pid).toBe(mediaChild.pid);
  expect(mediaChild.env).toMatchObject({ LOG: '1', [CHANNEL_VARIABLE]: 'port' });
});

it('what the engine says about its children is not said to the shell', () => {
  const { engine, spawnInside, engineSide } = arrange();
  const heard: unknown[] = [];
  engine.onMessage((message) => heard.push(message));
  spawnInside('media');
  engineSide.postMessage({ type: 'lines-up', count: 1 });
  expect(heard).toEqual([{ type: 'lines-up', count: 1 }]);
});

it('starts only the programs that an engine has', () => {
  const { electron, engineSide, spawnInside } = arrange();
  engineSide.postMessage({ type: 'spawn-child', childId: 1, name: '../evil', args: [], env: {} });
  expect(electron.children).toHaveLength(1);
  expect(() => spawnInside('engine')).toThrow(TypeError);
});

it('a child that is stopped sees its port end, and is ended when it does not end', async () => {
  const { clock, killed, media, mediaChild, mediaSide, engineSide, parent } = startsMedia();
  let gone = false;
  parent.onGone(() => {
    gone = true;
  });
  mediaChild.emit('spawn');
  mediaSide.receive();
  engineSide.receive();
  const stopped = media.stop(1_000);
  expect(gone).toBe(true);
  expect(killed).toEqual([]);
  clock.advance(1_000);
  expect(killed).toEqual([mediaChild.pid]);
  mediaChild.emit('exit', 0);
  engineSide.receive();
  await stopped;
});

it('children of an engine that died are ended', () => {
  const { electron, clock, mediaChild } = startsMedia();
  electron.children[0]?.emit('exit', 1);
  clock.advance(3_000);
  expect(mediaChild.kills).toBe(1);
});

it('a process that the shell started speaks to the shell', () => {
  const { electron, engineSide } = arrange();
  const parent = findUtilityParent(engineSide, {});
  const heard: unknown[] = [];
  parent?.onMessage((message) => heard.push(message));
  electron.children[0]?.postMessage({ type: 'stop' });
  engineSide.receive();
  expect(heard).toEqual([{ type: 'stop' }]);
  expect(findUtilityParent(null)).toBeNull();
});
