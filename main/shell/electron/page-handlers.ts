import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import type { LoginCode } from '#shared/contract/index.ts';
import { shellChannels } from '#shared/contract/shell-bridge.ts';
import { AppError } from '#shared/errors/index.ts';
import type { ElectronApi } from './electron-api.ts';
import { isOurs } from './origin.ts';

export interface PageHandlersOptions {
  window(): BrowserWindow | null;
  engine(): Promise<{ url: string; login: LoginCode }>;
  /** links that came before the page could take them */
  takeDialLinks(): string[];
  notify(title: string, body: string): void;
  openExternal(url: string): void;
  setBadge(count: number): void;
  useForLinks(wanted: boolean): boolean;
}

const badge = z.number().int().min(0).max(9_999);
const notification = z.strictObject({ title: z.string().max(200), body: z.string().max(500) });
const externalAddress = z.url({ protocol: /^https$/ }).max(2_000);
const wantedFlag = z.boolean();

/**
 * Takes what the page says to the shell. Whoever speaks must be the main frame of our window, on our page; what is said must have
 * its shape. Anything else is dropped, or refused where an answer is awaited.
 */
export function installPageHandlers(electron: ElectronApi, options: PageHandlersOptions): void {
  const { ipcMain } = electron;
  const isOurPage = (event: IpcMainEvent | IpcMainInvokeEvent) => isFrom(options.window(), event);

  function onMessage<Value>(
    channel: string,
    schema: z.ZodType<Value>,
    take: (value: Value) => void,
  ): void {
    ipcMain.on(channel, (event, message) => {
      const parsed = schema.safeParse(message);
      if (isOurPage(event) && parsed.success) take(parsed.data);
    });
  }

  ipcMain.handle(shellChannels.engine, (event) => {
    if (!isOurPage(event)) throw refused();
    return options.engine();
  });
  ipcMain.handle(shellChannels.useForLinks, (event, message) => {
    const wanted = wantedFlag.safeParse(message);
    if (!isOurPage(event) || !wanted.success) throw refused();
    return options.useForLinks(wanted.data);
  });
  onMessage(shellChannels.setBadge, badge, options.setBadge);
  onMessage(shellChannels.notify, notification, ({ title, body }) => options.notify(title, body));
  onMessage(shellChannels.openExternal, externalAddress, options.openExternal);
  onMessage(shellChannels.dialLinksWanted, z.undefined(), () => {
    for (const link of options.takeDialLinks()) {
      options.window()?.webContents.send(shellChannels.dialLink, link);
    }
  });
}

function isFrom(window: BrowserWindow | null, event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  if (window === null || window.isDestroyed() || frame === null) return false;
  return event.sender === window.webContents && frame.parent === null && isOurs(frame.url);
}

function refused(): AppError {
  return new AppError('shell.refused', 'this page may not ask that');
}
