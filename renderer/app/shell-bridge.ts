import type { LoginCode } from '#shared/contract/index.ts';

/**
 * What the Electron preload puts on `window.dialdesk`; nothing is there in a browser. Abilities that a shell does not
 * have are absent.
 */
export interface PreloadBridge {
  kind: 'electron';
  /** where the engine listens now (`http://127.0.0.1:4123`), and a fresh single-use code; asked again after a refusal */
  engine(): Promise<{ url: string; login: LoginCode | null }>;
  onDialLink?(listener: (link: string) => void): () => void;
  setBadge?(count: number): void;
  openExternal?(url: string): void;
}

declare global {
  interface Window {
    dialdesk?: PreloadBridge;
  }
}

/** `http…` of the engine → `ws…/contract` */
export function contractUrl(engineUrl: string): string {
  return `${engineUrl.replace(/^http/, 'ws').replace(/\/$/, '')}/contract`;
}
