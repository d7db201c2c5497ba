import type { LoginCode } from './login-fragment.ts';

/**
 * What the Electron preload puts on `window.dialdesk`; a browser has nothing there. Abilities that a shell does not have are
 * absent.
 */
export interface ShellBridge {
  readonly kind: 'electron';
  /**
   * Where the engine listens now (`http://127.0.0.1:23456`), and a fresh single-use code. Waits while the engine starts.
   */
  engine(): Promise<{ url: string; login: LoginCode | null }>;
  /** numbers from `tel:` and `sip:` links; they only fill the dial box. The listener gets those that came before it, too */
  onDialLink(listener: (link: string) => void): () => void;
  /** @param count 0 takes the badge away */
  setBadge(count: number): void;
  notify(title: string, body: string): void;
  /** `https:` alone; anything else is dropped */
  openExternal(url: string): void;
  /** makes this the program that opens `tel:` and `sip:` links, or ends that; says whether it is now */
  useForLinks(wanted: boolean): Promise<boolean>;
  /** what this shell can do about updates: nothing, until there is a place that they come from */
  readonly updates: 'off' | 'automatic';
}

/** Channels between preload and shell. */
export const shellChannels = {
  engine: 'shell:engine',
  dialLink: 'shell:dial-link',
  dialLinksWanted: 'shell:dial-links-wanted',
  setBadge: 'shell:set-badge',
  notify: 'shell:notify',
  openExternal: 'shell:open-external',
  useForLinks: 'shell:use-for-links',
} as const;
