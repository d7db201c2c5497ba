export interface HostFacts {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  isRoot: boolean;
}

/** Whether a window can be shown at all; on Linux a display server must be named. */
export function hasDisplay({ platform, env }: HostFacts): boolean {
  if (platform !== 'linux') return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Why Electron need not be tried, or even fetched, on this machine.
 * @returns the reason as the end of a sentence; null when it may be tried
 */
export function whyNotElectron(facts: HostFacts): string | null {
  if (!hasDisplay(facts)) return 'there is no display';
  if (facts.platform === 'linux' && facts.isRoot) {
    return 'it does not run as root without giving up its sandbox';
  }
  return null;
}

export type WindowChoice =
  | { kind: 'browser'; program: string }
  /** `reason` null: the person asked for no window */
  | { kind: 'address'; reason: string | null };

/**
 * What the Node shell shows.
 * @param moreFlags `DIALDESK_BROWSER_FLAGS`: with `--headless` among them no display is needed
 */
export function chooseWindow(
  facts: HostFacts,
  wanted: { open: boolean; headless: boolean },
  browser: string | null,
  moreFlags: readonly string[],
): WindowChoice {
  if (wanted.headless || !wanted.open) return { kind: 'address', reason: null };
  if (browser === null) {
    return { kind: 'address', reason: 'no Chromium, Chrome or Edge was found' };
  }
  const isHeadless = moreFlags.some((flag) => flag.startsWith('--headless'));
  if (!isHeadless && !hasDisplay(facts)) return { kind: 'address', reason: 'there is no display' };
  return { kind: 'browser', program: browser };
}
