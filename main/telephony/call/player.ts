import type { IdSource } from '#shared/util/index.ts';
import type { MediaPort } from '../media/media-protocol.ts';

/** Plays announcements and says when they are over. */
export class Player {
  readonly #media: MediaPort;
  readonly #idSource: IdSource;
  readonly #waiting = new Map<string, (outcome: 'ended' | 'gone') => void>();

  constructor(media: MediaPort, idSource: IdSource) {
    this.#media = media;
    this.#idSource = idSource;
    media.onEvent((event) => {
      if (event.type === 'playEnded') this.#settle(event.playId, 'ended');
    });
    media.onRestart(() => {
      for (const playId of [...this.#waiting.keys()]) this.#settle(playId, 'gone');
    });
  }

  /**
   * Plays a file to the debtor once.
   * @returns `ended` when it was played to its end, `gone` when the leg or the media process went first
   */
  async playToLeg(legId: string, file: string): Promise<'ended' | 'gone'> {
    const playId = this.#idSource.next();
    const over = new Promise<'ended' | 'gone'>((resolve) => this.#waiting.set(playId, resolve));
    try {
      await this.#media.request('play', {
        playId,
        target: { legId },
        source: { kind: 'file', file },
        loop: false,
      });
    } catch {
      this.#settle(playId, 'gone');
    }
    return over;
  }

  #settle(playId: string, outcome: 'ended' | 'gone'): void {
    this.#waiting.get(playId)?.(outcome);
    this.#waiting.delete(playId);
  }
}
