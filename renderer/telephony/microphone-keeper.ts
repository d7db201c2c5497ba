import { AppError } from '#shared/errors/index.ts';
import { captureMicrophone, failureOf, type MicrophoneChoice } from './microphone.ts';
import type { MicrophoneState } from './phone-port.ts';

export interface MicrophoneKeeperOptions {
  choice(): MicrophoneChoice;
  onState(state: MicrophoneState): void;
  /** what is captured from now on; null: nothing */
  onStream(stream: MediaStream | null): void;
  /** it was unplugged while in use */
  onLost(): void;
}

/** Holds the microphone from the first "ready" until the agent leaves, so that no call waits for it. */
export class MicrophoneKeeper {
  readonly #options: MicrophoneKeeperOptions;
  #stream: MediaStream | null = null;

  constructor(options: MicrophoneKeeperOptions) {
    this.#options = options;
  }

  get held(): boolean {
    return this.#stream !== null;
  }

  /** @throws AppError `phone.no-microphone`; the state says why */
  async capture(): Promise<MediaStream> {
    const present = this.#stream;
    if (present?.getAudioTracks().some((track) => track.readyState === 'live')) return present;
    try {
      const stream = await captureMicrophone(this.#options.choice());
      this.#adopt(stream);
      return stream;
    } catch (error) {
      this.#options.onState(failureOf(error));
      throw new AppError('phone.no-microphone', 'no microphone', { cause: error });
    }
  }

  release(): void {
    const stream = this.#stream;
    this.#stream = null;
    if (stream === null) return;
    this.#options.onStream(null);
    for (const track of stream.getTracks()) track.stop();
  }

  #adopt(stream: MediaStream): void {
    this.#stream = stream;
    for (const track of stream.getAudioTracks()) {
      track.addEventListener('ended', () => {
        if (this.#stream !== stream) return;
        this.#stream = null;
        this.#options.onLost();
      });
    }
    this.#options.onState('ready');
    this.#options.onStream(stream);
  }
}
