import type { Dispose } from './disposables.ts';

/**
 * Announces state to any number of listeners. A listener that throws does not stop the others:
 * the error goes to `onListenerError`, so application code cannot reach the media path.
 */
export class Emitter<Event> {
  #listeners = new Set<(event: Event) => void>();
  readonly #onListenerError: (error: unknown) => void;

  constructor(onListenerError: (error: unknown) => void = () => {}) {
    this.#onListenerError = onListenerError;
  }

  on(listener: (event: Event) => void): Dispose {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: Event): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }
}
