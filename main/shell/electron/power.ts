import type { ElectronApi } from './electron-api.ts';

/** Tells when the machine sleeps and wakes, and keeps it awake while calls are up. */
export class Power {
  readonly #electron: ElectronApi;
  #blockerId: number | null = null;

  constructor(electron: ElectronApi) {
    this.#electron = electron;
  }

  watch(onChange: (event: 'suspend' | 'resume') => void): void {
    const { powerMonitor } = this.#electron;
    powerMonitor.on('suspend', () => onChange('suspend'));
    powerMonitor.on('resume', () => onChange('resume'));
  }

  /** @param count calls that are up */
  keepAwake(count: number): void {
    const { powerSaveBlocker } = this.#electron;
    if (count > 0) this.#blockerId ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (this.#blockerId !== null) {
      powerSaveBlocker.stop(this.#blockerId);
      this.#blockerId = null;
    }
  }
}
