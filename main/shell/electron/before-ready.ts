import type { ElectronApi } from './electron-api.ts';
import { SCHEME } from './origin.ts';

/**
 * Command-line switches of Chromium. Calls need peers on loopback, also with no network interface at all, and sound without a
 * click first; a covered window goes on working; nothing is asked of anybody outside.
 */
const SWITCHES: readonly [name: string, value?: string][] = [
  ['allow-loopback-in-peer-connection'],
  ['autoplay-policy', 'no-user-gesture-required'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-quic'],
  ['disable-renderer-backgrounding'],
  ['no-pings'],
];

/**
 * What Electron takes only before its `ready` event; must run in the first turn of the program.
 * @param profile where Chromium keeps what it keeps
 * @returns false when this program runs already and was told of this start: then this one ends
 */
export function prepareBeforeReady(electron: ElectronApi, profile: string): boolean {
  const { app, protocol } = electron;
  app.setPath('userData', profile);
  app.setPath('sessionData', profile);
  if (!app.requestSingleInstanceLock()) return false;
  app.enableSandbox();
  app.setAppUserModelId('com.dialdesk.app');
  for (const [name, value] of SWITCHES) {
    if (value === undefined) app.commandLine.appendSwitch(name);
    else app.commandLine.appendSwitch(name, value);
  }
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
  return true;
}
