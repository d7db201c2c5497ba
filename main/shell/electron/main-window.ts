import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { ElectronApi } from './electron-api.ts';
import { isOurs, START_PAGE } from './origin.ts';

/** How the window is made. The page has no Node, no other window and no word with the shell but the preload's. */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    width: 1_440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Dialdesk',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      // its dictionaries would come from outside
      spellcheck: false,
      // a call goes on in a window that is covered
      backgroundThrottling: false,
    },
  };
}

/** @param onShown the page is drawn */
export function openMainWindow(
  electron: ElectronApi,
  preload: string,
  onShown: () => void,
): BrowserWindow {
  const window = new electron.BrowserWindow(windowOptions(preload));
  keepToOurPage(window);
  window.once('ready-to-show', () => {
    window.show();
    onShown();
  });
  void window.loadURL(START_PAGE);
  return window;
}

/** No other window, no other page, no frame of another origin. */
function keepToOurPage(window: BrowserWindow): void {
  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  webContents.on('will-frame-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  webContents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  // a page that crashed comes back by itself; the engine has kept the calls
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) void window.loadURL(START_PAGE);
  });
}
