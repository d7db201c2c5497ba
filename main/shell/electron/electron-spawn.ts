import type { MessagePortMain, UtilityProcess } from 'electron';
import type { Clock } from '#shared/util/index.ts';
import { childEnvironment } from '../child-environment.ts';
import type { ChildProcessPort, ProcessMessage, ProcessName, SpawnPort } from '../ports.ts';
import {
  CHANNEL_VARIABLE,
  type EngineToProcesses,
  PARENT_PORT_MESSAGE,
  type ProcessesToEngine,
} from '../utility/child-messages.ts';
import type { ElectronApi } from './electron-api.ts';
import { engineToProcesses } from './engine-requests.schema.ts';

const STOP_GRACE_MS = 5_000;
/** Children of an engine that is gone see that and end; those that do not are ended. */
const ORPHAN_GRACE_MS = 3_000;

export interface ElectronSpawnOptions {
  electron: ElectronApi;
  clock: Clock;
  /** the built program of a process */
  programFile(name: ProcessName): string;
  /** ends a process that does not listen any more */
  kill(pid: number): void;
}

const SERVICE_NAMES: Record<ProcessName, string> = {
  engine: 'Dialdesk Engine',
  media: 'Dialdesk Media',
  'practice-carrier': 'Dialdesk Practice Carrier',
  'practice-gateways': 'Dialdesk Practice Gateways',
};

/**
 * Starts our programs as utility processes. With the RunAsNode fuse off nothing else can start them, so an engine's own children
 * are started here too, and joined to it by a port of their own.
 */
export function createElectronSpawn(options: ElectronSpawnOptions): SpawnPort {
  return (name, { args = [], env = {} } = {}) => {
    const child = fork(options, name, args, env);
    const grandchildren = new Map<number, UtilityProcess>();
    child.on('message', (message: unknown) => {
      const asked = engineToProcesses.safeParse(message);
      if (asked.success) serveEngine(options, child, grandchildren, asked.data);
    });
    child.on('exit', () => {
      options.clock.setTimer(ORPHAN_GRACE_MS, () => {
        for (const orphan of grandchildren.values()) orphan.kill();
      });
    });
    return childPort(options, child);
  };
}

function fork(
  { electron, programFile }: ElectronSpawnOptions,
  name: ProcessName,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): UtilityProcess {
  return electron.utilityProcess.fork(programFile(name), [...args], {
    serviceName: SERVICE_NAMES[name],
    stdio: ['ignore', 'ignore', 'inherit'],
    env: childEnvironment(process.env, env),
  });
}

function childPort(options: ElectronSpawnOptions, child: UtilityProcess): ChildProcessPort {
  const exited = Promise.withResolvers<number>();
  child.once('exit', (code) => exited.resolve(code));
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    onMessage(listener) {
      child.on('message', (message: ProcessMessage) => {
        if (!engineToProcesses.safeParse(message).success) listener(message);
      });
    },
    onExit: (listener) => void exited.promise.then(listener),
    async stop(graceMs = STOP_GRACE_MS) {
      endWithin(options, child, graceMs);
      await exited.promise;
    },
  };
}

function serveEngine(
  options: ElectronSpawnOptions,
  engine: UtilityProcess,
  children: Map<number, UtilityProcess>,
  asked: EngineToProcesses,
): void {
  const { childId } = asked;
  if (asked.type === 'stop-child') {
    const child = children.get(childId);
    // its port is closed, so it ends in order by itself
    if (child) options.clock.setTimer(asked.graceMs, () => forceEnd(options, child));
    return;
  }
  const env = { ...asked.env, [CHANNEL_VARIABLE]: 'port' };
  const child = fork(options, asked.name, asked.args, env);
  children.set(childId, child);
  const { port1, port2 } = new options.electron.MessageChannelMain();
  child.postMessage({ type: PARENT_PORT_MESSAGE }, [port2]);
  const tell = (message: ProcessesToEngine, transfer: MessagePortMain[] = []) =>
    engine.postMessage(message, transfer);
  child.once('spawn', () => tell({ type: 'child-port', childId, pid: child.pid }, [port1]));
  child.once('exit', (code) => {
    children.delete(childId);
    tell({ type: 'child-exit', childId, code });
  });
}

function endWithin(options: ElectronSpawnOptions, child: UtilityProcess, graceMs: number): void {
  child.kill();
  options.clock.setTimer(graceMs, () => forceEnd(options, child));
}

function forceEnd({ kill }: ElectronSpawnOptions, child: UtilityProcess): void {
  if (child.pid !== undefined) kill(child.pid);
}
