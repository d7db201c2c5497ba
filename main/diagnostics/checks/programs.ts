import type { Check } from '../run-checks.ts';

/** What can show the window on this machine. */
export interface WindowPrograms {
  /** Electron's own program is there */
  electron: boolean;
  /** an installed Chromium, Chrome or Edge */
  browser: boolean;
}

export function windowCheck(programs: WindowPrograms): Check {
  return {
    id: 'window',
    look() {
      if (programs.electron) return { ok: 'yes', finding: 'doctor.window.electron' };
      return programs.browser
        ? { ok: 'yes', finding: 'doctor.window.browser' }
        : { ok: 'no', finding: 'doctor.window.none' };
    },
  };
}

/**
 * Programs that only tests use as the other side of a call.
 * @param has looks on the search path
 */
export function peersCheck(has: (program: string) => boolean): Check {
  return {
    id: 'peers',
    look() {
      const missing = ['sipp', 'baresip'].filter((name) => !has(name)).join(', ');
      return missing === ''
        ? { ok: 'yes', finding: 'doctor.peers.present' }
        : { ok: 'unknown', finding: 'doctor.peers.missing', details: { missing } };
    },
  };
}
