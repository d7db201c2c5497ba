import type { ShellBridge as PreloadBridge } from '#shared/contract/shell-bridge.ts';

declare global {
  interface Window {
    /** only in Electron, from the preload */
    dialdesk?: PreloadBridge;
  }
}

/** `http…` of the engine → `ws…/contract` */
export function contractUrl(engineUrl: string): string {
  return `${engineUrl.replace(/^http/, 'ws').replace(/\/$/, '')}/contract`;
}
