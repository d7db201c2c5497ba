import { isIP } from 'node:net';
import type { Clock } from '#shared/util/index.ts';
import type { SipRequest, SipResponse } from '../message/index.ts';
import { destinationOf } from '../transport/destination.ts';
import { TRANSACTION_TIMEOUT_MS } from '../transport/timers.ts';
import type { UdpTransport } from '../transport/udp-transport.ts';
import type { DialogIdentity } from '../types.ts';
import {
  orphanCancel,
  orphanInDialog,
  orphanInvite,
  orphanRefusalAck,
  type RemoteEnd,
  remoteEndOf,
} from './orphan-requests.ts';

export interface OrphanEnderOptions {
  transport: UdpTransport;
  clock: Clock;
  /** a late 2xx opened this dialog; nothing is sent in it before the promise settles */
  onConfirmed(identity: DialogIdentity): Promise<void>;
}

export type OrphanOutcome = 'ended' | 'unknown-to-peer' | 'no-answer';

/**
 * Ends one dialog that an earlier run left behind, from its stored identity alone: sip.js knows nothing of it.
 *
 *   confirmed:   BYE ──2xx──> ended, 481 ──> unknown-to-peer
 *   unconfirmed: CANCEL ──the INVITE's refusal──> ended
 *                   │ 481 ──> early dialog known? BYE with its tag
 *                   │ a late 2xx to the INVITE ──> stored, ACK + BYE
 *                   └ 32 s with neither: whatever CANCEL was answered with
 *
 * The answer to CANCEL settles nothing: a peer that sent its 2xx just before answers 200 or 481 all the same, and
 * repeats the 2xx every 0.5 to 4 s until it has its ACK (RFC 3261 §13.3.1.4).
 */
export class OrphanEnder {
  readonly #transport: UdpTransport;
  readonly #onConfirmed: (identity: DialogIdentity) => Promise<void>;
  readonly #identity: DialogIdentity;
  readonly #settle: (outcome: OrphanOutcome) => void;
  readonly outcome: Promise<OrphanOutcome>;
  #byeSent = false;
  #confirmation: Promise<void> | null = null;
  #whenSilent: OrphanOutcome = 'no-answer';
  readonly #stopTimer: () => void;

  constructor(options: OrphanEnderOptions, identity: DialogIdentity) {
    this.#transport = options.transport;
    this.#onConfirmed = options.onConfirmed;
    this.#identity = identity;
    let settle: (outcome: OrphanOutcome) => void = () => {};
    this.outcome = new Promise((resolve) => {
      settle = resolve;
    });
    this.#stopTimer = options.clock.setTimer(TRANSACTION_TIMEOUT_MS, () =>
      this.#finish(this.#whenSilent),
    );
    this.#settle = settle;
  }

  start(): void {
    const { remoteTag, remoteTarget, routeSet, confirmed } = this.#identity;
    if (confirmed && remoteTag) {
      const end = { remoteTag, remoteTarget: remoteTarget ?? this.#identity.requestUri, routeSet };
      this.#sendBye(end);
      return;
    }
    const invite = orphanInvite(this.#identity);
    this.#transport.listenFor(invite, this.#peer(), (response) => this.#onInviteAnswer(response));
    this.#send(orphanCancel(this.#identity), (response) => this.#onCancelAnswer(response));
  }

  #peer(): { host: string; port: number } {
    return { host: this.#identity.peerHost, port: this.#identity.peerPort };
  }

  /** A name in a route or target is not looked up: the peer that had the INVITE is known and leads there. */
  #destinationOf(request: SipRequest): { host: string; port: number } {
    const named = destinationOf(request, this.#peer());
    return named && isIP(named.host) ? named : this.#peer();
  }

  #finish(outcome: OrphanOutcome): void {
    this.#stopTimer();
    this.#settle(outcome);
  }

  #send(request: SipRequest, onResponse: (response: SipResponse) => void): void {
    const to = request.method === 'CANCEL' ? this.#peer() : this.#destinationOf(request);
    // A refused send is repaired like a lost one: by the timers, and in the end by 'no-answer'.
    this.#transport.request(request, to, onResponse).catch(() => {});
  }

  #sendBye(remote: RemoteEnd): void {
    if (this.#byeSent) return;
    this.#byeSent = true;
    this.#whenSilent = 'no-answer';
    this.#send(orphanInDialog(this.#identity, remote, 'BYE'), (response) => {
      if (response.status < 200) return;
      const unknown = response.status === 481 || response.status === 408;
      this.#finish(unknown ? 'unknown-to-peer' : 'ended');
    });
  }

  #onCancelAnswer(response: SipResponse): void {
    if (response.status < 200 || this.#byeSent) return;
    const { remoteTag, remoteTarget, routeSet, requestUri } = this.#identity;
    this.#whenSilent = response.status < 300 ? 'ended' : 'unknown-to-peer';
    if (response.status >= 300 && remoteTag)
      this.#sendBye({ remoteTag, remoteTarget: remoteTarget ?? requestUri, routeSet });
  }

  #onInviteAnswer(response: SipResponse): void {
    if (response.status < 200) return;
    if (response.status >= 300) {
      const ack = orphanRefusalAck(this.#identity, response);
      this.#transport.sendOnce(ack, this.#peer()).catch(() => {});
      this.#finish('ended');
      return;
    }
    const remote = remoteEndOf(this.#identity, response);
    this.#confirmation ??= this.#onConfirmed({ ...this.#identity, ...remote, confirmed: true });
    const end = (): void => {
      const ack = orphanInDialog(this.#identity, remote, 'ACK');
      this.#transport.sendOnce(ack, this.#destinationOf(ack)).catch(() => {});
      this.#sendBye(remote);
    };
    // A dialog that could not be written is ended all the same.
    this.#confirmation.then(end, end);
  }
}
