import * as electron from 'electron';
import type { ElectronApi } from './electron-api.ts';
import { runElectronShell } from './run-electron-shell.ts';

/** The one file that loads Electron itself; everything else is given it. */
export function electronMain(): void {
  const api: ElectronApi = electron;
  // packaged, the first argument is ours; in development it is the path of this program
  const args = process.argv.slice(electron.app.isPackaged ? 1 : 2);
  const send = process.send?.bind(process);
  void runElectronShell(api, {
    args,
    platform: process.platform,
    tellLauncher: send === undefined ? null : (message) => void send(message),
  });
}
