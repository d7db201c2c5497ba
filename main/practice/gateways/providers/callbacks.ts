import { isLoopbackHost } from '../../../channels/gateways/index.ts';

export interface CallbackRequest {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

const TRIES = 4;
const FETCH_WITHIN_MS = 10_000;

/** Reports of practice providers, to engines of this machine alone; repeated a few times as the real ones do. */
export class Callbacks {
  readonly #setTimer: (delayMs: number, run: () => void) => () => void;
  readonly #cancels = new Set<() => void>();

  constructor(setTimer: (delayMs: number, run: () => void) => () => void) {
    this.#setTimer = setTimer;
  }

  send(request: CallbackRequest): void {
    void this.#try(request, 1);
  }

  stop(): void {
    for (const cancel of this.#cancels) cancel();
  }

  async #try(request: CallbackRequest, attempt: number): Promise<void> {
    if (!isOnThisMachine(request.url)) return;
    try {
      const response = await fetch(request.url, {
        method: request.method ?? 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(FETCH_WITHIN_MS),
        ...(request.headers === undefined ? {} : { headers: { ...request.headers } }),
        ...(request.body === undefined ? {} : { body: request.body }),
      });
      await response.arrayBuffer();
      if (response.ok) return;
    } catch {
      // The engine is not there now; it is tried again.
    }
    if (attempt >= TRIES) return;
    const cancel = this.#setTimer(1_000 * 2 ** attempt, () => {
      this.#cancels.delete(cancel);
      void this.#try(request, attempt + 1);
    });
    this.#cancels.add(cancel);
  }
}

/** @returns whether there is something at that address, as a provider that fetches media would find */
export async function canFetch(url: string): Promise<boolean> {
  if (!isOnThisMachine(url)) return false;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_WITHIN_MS) });
    const bytes = await response.arrayBuffer();
    return response.ok && bytes.byteLength > 0;
  } catch {
    return false;
  }
}

function isOnThisMachine(url: string): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
}
