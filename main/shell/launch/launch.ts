import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { makeDataDirectory, readStoreFile, systemClock, systemRandom } from '../../store/index.ts';
import { builtRenderer, projectRoot } from '../built-files.ts';

import {
  applicationDirectory,
  type DataPlaces,
  dataPlaces,
  EngineSupervisor,
  engineArgumentsFor,
  RememberedPort,
} from '../engine/index.ts';
import { AppWindow } from '../node/app-window.ts';
import { splitFlags } from '../node/browser-flags.ts';
import { startBrowser } from '../node/browser-window.ts';
import { askRunningShell, openControlChannel } from '../node/control-channel.ts';
import { findBrowser, isExecutable } from '../node/find-browser.ts';
import { NodeShell } from '../node/node-shell.ts';
import type { SpawnPort } from '../ports.ts';
import type { HostFacts, WindowChoice } from './choose-shell.ts';
import { electronFiles, ensureElectron } from './electron-binary.ts';
import { type LaunchArguments, launchUsage, readLaunchArguments } from './launch-arguments.ts';
import { runElectron, startElectron } from './run-electron.ts';
import { runLauncher } from './run-launcher.ts';

/** What `npm start` runs. @returns exit status: 2 for wrong usage */
export async function launch(args: readonly string[], spawn: SpawnPort): Promise<number> {
  try {
    const wanted = readLaunchArguments(args);
    if (wanted.help) {
      print(launchUsage);
      return 0;
    }
    return await start(wanted, args, spawn);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    tell(error.message);
    return error.code === 'command.usage' ? 2 : 1;
  }
}

async function start(
  wanted: LaunchArguments,
  args: readonly string[],
  spawn: SpawnPort,
): Promise<number> {
  const storeKind = storeKindOf(wanted);
  const places = dataPlaces(
    applicationDirectory(),
    wanted.dataDir === null ? null : { dataDir: wanted.dataDir, storeKind },
  );
  const answered = await askOther(wanted, places.dataDir(storeKind));
  if (answered !== null) return answered;
  const facts = hostFacts();
  const moreFlags = splitFlags(process.env.DIALDESK_BROWSER_FLAGS);
  const root = projectRoot();
  return runLauncher(wanted, {
    facts,
    browser: findBrowser({ ...facts, home: homedir(), isExecutable }),
    moreFlags,
    ensureElectron: (retry) => ensureElectron(electronFiles(root), retry),
    runElectron: (program) => {
      const main = join(root, 'dist', 'main', 'electron-main.mjs');
      const electron = startElectron(program, [main, ...args]);
      forwardSignals((signal) => electron.kill(signal));
      return runElectron(electron, systemClock);
    },
    runNodeShell: (window) =>
      runNodeShell({ wanted, storeKind, places, window, facts, moreFlags, spawn }),
    tell,
  });
}

/** A store that is there is what it is, whatever was asked for. */
function storeKindOf(wanted: LaunchArguments): StoreKind {
  const present = wanted.dataDir === null ? null : readStoreFile(wanted.dataDir);
  return present?.storeKind ?? wanted.storeKind;
}

/** A shell may run on this directory already. @returns exit status; null when this one is the first */
async function askOther(wanted: LaunchArguments, dataDir: string): Promise<number | null> {
  const shows = wanted.open && !wanted.headless && !wanted.printLogin;
  const answer = await askRunningShell(dataDir, shows ? 'open-window' : 'login-address');
  if (answer === undefined && wanted.printLogin) {
    tell('No Dialdesk of the Node shell runs on this data directory.');
    return 1;
  }
  if (answer === undefined) return null;
  if (!wanted.printLogin) tell('Dialdesk runs already.');
  if (answer === null) {
    tell('Its engine is not ready; try again in a moment.');
    return 1;
  }
  if (answer !== '') print(`Open ${answer}`);
  return 0;
}

interface NodeShellStart {
  wanted: LaunchArguments;
  storeKind: StoreKind;
  places: DataPlaces;
  window: WindowChoice;
  facts: HostFacts;
  moreFlags: readonly string[];
  spawn: SpawnPort;
}

async function runNodeShell(start: NodeShellStart): Promise<number> {
  const { wanted, storeKind, places, window, facts, moreFlags } = start;
  const supervisor = superviseEngine(start);
  const dataDir = () => places.dataDir(supervisor.storeKind);
  makeDataDirectory(places.dataDir(storeKind));
  const shell = new NodeShell({
    supervisor,
    headless: wanted.headless,
    print,
    tell,
    tokenFile: () => join(dataDir(), 'engine.token'),
    openControl: (answer) => openControlChannel(dataDir(), answer),
    remember: (ready) => rememberedPort(dataDir()).remember(Number(new URL(ready.url).port)),
    makeWindow:
      window.kind === 'address'
        ? null
        : (events) =>
            new AppWindow({
              ...events,
              program: window.program,
              profile: places.browserProfile,
              platform: facts.platform,
              isRoot: facts.isRoot && facts.platform === 'linux',
              moreFlags,
              startBrowser,
              clock: systemClock,
            }),
  });
  forwardSignals(() => void shell.stop());
  const input = readEnter(() => void shell.openAgain());
  const status = await shell.run();
  input.close();
  return status;
}

function superviseEngine({ wanted, storeKind, places, spawn }: NodeShellStart): EngineSupervisor {
  const staticRoot = builtRenderer();
  if (staticRoot === null && !wanted.headless) {
    throw new AppError('shell.not-built', 'the window was not built: run npm run build');
  }
  return new EngineSupervisor({
    spawn,
    clock: systemClock,
    storeKind,
    launch(kind, newPort) {
      const port = rememberedPort(places.dataDir(kind));
      const wantedPort = kind === storeKind ? wanted.port : null;
      const args = engineArgumentsFor({
        places,
        storeKind: kind,
        port: newPort ? port.chooseAnother() : (wantedPort ?? port.choose()),
        staticRoot,
        origin: null,
        hasSecrets: false,
        keyFile: wanted.keyFile,
      });
      return { args };
    },
  });
}

function rememberedPort(dataDir: string): RememberedPort {
  return new RememberedPort(dataDir, systemRandom);
}

function hostFacts(): HostFacts {
  return { platform: process.platform, env: process.env, isRoot: process.getuid?.() === 0 };
}

function forwardSignals(onSignal: (signal: NodeJS.Signals) => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}

/** Enter opens the window again; a start without a terminal has nobody to press it. */
function readEnter(onEnter: () => void): { close(): void } {
  if (!process.stdin.isTTY) return { close: () => {} };
  const lines = createInterface({ input: process.stdin });
  lines.on('line', onEnter);
  // with a reader on the terminal, Ctrl-C comes here
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  return lines;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
