import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { type ShellBridge, shellChannels } from '#shared/contract/shell-bridge.ts';

/** The only way from the page to the shell. It passes plain values and holds no logic; the shell checks whatever comes. */
const bridge: ShellBridge = {
  kind: 'electron',
  engine: () => ipcRenderer.invoke(shellChannels.engine),
  onDialLink(listener) {
    const onLink = (_event: IpcRendererEvent, link: string) => listener(link);
    ipcRenderer.on(shellChannels.dialLink, onLink);
    ipcRenderer.send(shellChannels.dialLinksWanted);
    return () => void ipcRenderer.off(shellChannels.dialLink, onLink);
  },
  setBadge: (count) => ipcRenderer.send(shellChannels.setBadge, count),
  notify: (title, body) => ipcRenderer.send(shellChannels.notify, { title, body }),
  openExternal: (url) => ipcRenderer.send(shellChannels.openExternal, url),
  useForLinks: (wanted) => ipcRenderer.invoke(shellChannels.useForLinks, wanted),
  updates: 'off',
};

contextBridge.exposeInMainWorld('dialdesk', bridge);
