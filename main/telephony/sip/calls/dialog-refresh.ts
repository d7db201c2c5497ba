import type { IncomingRequest, Session } from 'sip.js/lib/core/index.js';
import type { Clock } from '#shared/util/index.ts';
import type { SipCore } from '../core/index.ts';
import { parseParameters } from '../message/index.ts';
import { sdpBody } from './sdp-body.ts';

const MIN_INTERVAL_SEC = 90;

export interface RefreshTerms {
  intervalSec: number;
  refresher: 'uac' | 'uas' | null;
}

/** Reads a Session-Expires header (RFC 4028 §4); null when absent or not a number. */
export function refreshTermsOf(value: string | undefined): RefreshTerms | null {
  const { value: text, parameters } = parseParameters(value ?? '');
  if (!/^\d{1,9}$/.test(text)) return null;
  const refresher = parameters.get('refresher')?.toLowerCase();
  return {
    intervalSec: Number(text),
    refresher: refresher === 'uac' || refresher === 'uas' ? refresher : null,
  };
}

export interface DialogRefreshOptions {
  core: SipCore;
  clock: Clock;
  dialog: Session;
  localSdp(): string;
  /** the peer answered 481 or 408 to a refresh: the dialog is dead */
  onLost(): void;
}

/**
 * Session timers as far as a peer insists on them (RFC 4028): we never ask, we let the peer refresh where it can, and
 * refresh ourselves by re-INVITE with the SDP that holds when it wants us to.
 */
export class DialogRefresh {
  readonly #options: DialogRefreshOptions;
  #intervalSec = 0;
  #stopTimer: () => void = () => {};

  constructor(options: DialogRefreshOptions) {
    this.#options = options;
  }

  start(intervalSec: number): void {
    this.#intervalSec = Math.max(intervalSec, MIN_INTERVAL_SEC);
    this.#arm();
  }

  stop(): void {
    this.#intervalSec = 0;
    this.#stopTimer();
  }

  /** The peer refreshed: our turn starts again. */
  heard(): void {
    if (this.#intervalSec > 0) this.#arm();
  }

  /** Headers for the answer to a refresh: the peer goes on refreshing. */
  answerTo(request: Pick<IncomingRequest, 'message'>): string[] {
    const terms = refreshTermsOf(request.message.getHeader('Session-Expires'));
    const supported = (request.message.getHeader('Supported') ?? '').toLowerCase();
    if (!terms || !supported.includes('timer')) return [];
    const refresher = terms.refresher ?? 'uac';
    if (refresher === 'uas') this.start(terms.intervalSec);
    return [`Session-Expires: ${terms.intervalSec};refresher=${refresher}`, 'Require: timer'];
  }

  #arm(): void {
    this.#stopTimer();
    this.#stopTimer = this.#options.clock.setTimer(this.#intervalSec * 500, () => this.#refresh());
  }

  #refresh(): void {
    const { core, dialog, localSdp } = this.#options;
    this.#arm();
    const extraHeaders = [
      `Contact: ${core.contactText}`,
      `Session-Expires: ${this.#intervalSec};refresher=uac`,
    ];
    try {
      dialog.invite(
        {
          onAccept: (response) => void response.ack(),
          onReject: (response) => this.#onRefused(response.message.statusCode ?? 0),
        },
        { extraHeaders, body: sdpBody(localSdp()) },
      );
    } catch {
      // sip.js throws when a re-INVITE of either side is under way, and that one refreshes too.
    }
  }

  #onRefused(status: number): void {
    if (status === 481 || status === 408) this.#options.onLost();
  }
}
