import { chooseWindow, type HostFacts, type WindowChoice, whyNotElectron } from './choose-shell.ts';
import type { ElectronSearch } from './electron-binary.ts';
import type { LaunchArguments } from './launch-arguments.ts';
import type { ElectronRun } from './run-electron.ts';

export interface LauncherPorts {
  facts: HostFacts;
  browser: string | null;
  moreFlags: readonly string[];
  ensureElectron(retry: boolean): Promise<ElectronSearch>;
  runElectron(program: string): Promise<ElectronRun>;
  runNodeShell(window: WindowChoice): Promise<number>;
  /** one line for the person, on stderr */
  tell(line: string): void;
}

/**
 * Starts the shell that works on this machine: Electron, else an installed browser, else an address to open. Each step down is
 * said in one line.
 * @returns exit status
 */
export async function runLauncher(wanted: LaunchArguments, ports: LauncherPorts): Promise<number> {
  if (!wanted.headless && wanted.open && !wanted.nodeShell) {
    const outcome = await tryElectron(wanted, ports);
    if (outcome.ran) return outcome.code;
    ports.tell(`${describeNext(wanted, ports)}: Electron is not used, ${outcome.reason}.`);
  }
  const window = windowChoice(wanted, ports);
  if (window.kind === 'browser' && ports.facts.isRoot && ports.facts.platform === 'linux') {
    ports.tell('Running as root: the browser runs without its sandbox.');
  }
  if (window.kind === 'address' && window.reason !== null) {
    ports.tell(`No window: ${window.reason}. Open the address below; Enter prints a fresh one.`);
  }
  return ports.runNodeShell(window);
}

async function tryElectron(wanted: LaunchArguments, ports: LauncherPorts): Promise<ElectronRun> {
  const refused = whyNotElectron(ports.facts);
  if (refused !== null) return { ran: false, reason: refused };
  const search = await ports.ensureElectron(wanted.retryElectron);
  if (!search.found) return { ran: false, reason: search.reason };
  return ports.runElectron(search.program);
}

function windowChoice(wanted: LaunchArguments, ports: LauncherPorts): WindowChoice {
  return chooseWindow(ports.facts, wanted, ports.browser, ports.moreFlags);
}

function describeNext(wanted: LaunchArguments, ports: LauncherPorts): string {
  return windowChoice(wanted, ports).kind === 'browser'
    ? 'Opening in the browser'
    : 'Starting without a window';
}
