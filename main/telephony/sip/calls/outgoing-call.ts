import type {
  AckableIncomingResponseWithSession,
  IncomingResponseMessage,
  OutgoingInviteRequest,
  OutgoingRequestMessage,
  PrackableIncomingResponseWithSession,
} from 'sip.js/lib/core/index.js';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { CallTransport, PeerAddress, SipCore } from '../core/index.ts';
import { q850CauseOf, type SipRequest } from '../message/index.ts';
import type { DialogIdentity, InviteRequest, OutgoingCall, SipFinal } from '../types.ts';
import { refreshTermsOf } from './dialog-refresh.ts';
import { EstablishedDialog } from './established-dialog.ts';
import { identityOfInvite, withRemote } from './identity.ts';
import { sdpOf } from './sdp-body.ts';

export type CallEvents = Pick<
  InviteRequest,
  'beforeSend' | 'onProvisional' | 'onAnswered' | 'onFailed' | 'onEnded' | 'onOffer' | 'onInfoDigit'
>;

export interface OutgoingCallOptions {
  core: SipCore;
  transport: CallTransport;
  clock: Clock;
  invite: OutgoingRequestMessage;
  offerSdp: string;
  events: CallEvents;
  onOver(): void;
}

/** How long a cancelled INVITE may stay without its final (RFC 3261 §9.1: 64*T1). */
const CANCEL_TIMEOUT_MS = 32_000;
const CANCELLED: SipFinal = { status: 487, reasonPhrase: 'Request Terminated', q850Cause: null };

/**
 * One INVITE of ours and the dialog it opens.
 *
 *   inviting ──2xx──> answered ──> over
 *      │  └──final, timer B, gate refused──────> over
 *      └──hangUp──> cancelling ──487 or 32 s───> over
 *                       └──2xx crossed: ACK+BYE─> over
 *
 * - inviting: waiting in the gate, or on the wire
 * - cancelling: a person or a rule ended it before any 2xx came
 */
export class SipOutgoingCall implements OutgoingCall {
  readonly #options: OutgoingCallOptions;
  readonly #request: OutgoingInviteRequest;
  readonly #whenOver: Promise<void>;
  #phase: 'inviting' | 'cancelling' | 'answered' | 'over' = 'inviting';
  #identity: DialogIdentity | null = null;
  #atGate = true;
  #gateRefused = false;
  #earlySdp: string | null = null;
  #dialog: EstablishedDialog | null = null;
  #ackPending: Promise<void> | null = null;
  #resolveOver: () => void = () => {};
  #stopCancelTimer: () => void = () => {};

  constructor(options: OutgoingCallOptions) {
    this.#options = options;
    this.#whenOver = new Promise((resolve) => {
      this.#resolveOver = resolve;
    });
    const { transport, invite, core } = options;
    transport.gates.set(invite.callId, (request, to) => this.#passGate(request, to));
    this.#request = core.invite(invite, {
      onProgress: (response) => this.#onProgress(response),
      onAccept: (response) => this.#onAccept(response),
      onRedirect: (response) => this.#onFinal(response.message),
      onReject: (response) => this.#onFinal(response.message),
    });
  }

  get identity(): DialogIdentity | null {
    return this.#identity;
  }

  hangUp(reason: { q850Cause?: number } = {}): Promise<void> {
    const dialog = this.#dialog;
    if (dialog && this.#ackPending) return this.#ackPending.then(() => dialog.hangUp(reason));
    if (dialog) return dialog.hangUp(reason);
    if (this.#phase === 'inviting') this.#cancel(reason);
    return this.#whenOver;
  }

  /** The socket or the endpoint is gone: nothing more can be sent or heard. */
  abandon(): void {
    if (this.#phase === 'over') return;
    const answered = this.#phase === 'answered';
    this.#close();
    if (answered) this.#options.events.onEnded({ by: 'network', q850Cause: null });
    else this.#options.events.onFailed({ status: 0, reasonPhrase: 'Closed', q850Cause: null });
  }

  async #passGate(request: SipRequest, destination: PeerAddress): Promise<void> {
    this.#atGate = true;
    // sip.js sends while the call is being made: whoever placed it shall have it in hand first.
    await Promise.resolve();
    const identity = identityOfInvite(request, destination);
    try {
      await this.#options.events.beforeSend(identity);
    } catch (cause) {
      this.#gateRefused = true;
      throw new AppError('sip.not-sent', 'The INVITE was held back.', { cause });
    }
    if (this.#phase !== 'inviting') throw new AppError('sip.not-sent', 'The call was cancelled.');
    this.#identity = identity;
    this.#atGate = false;
  }

  #cancel(reason: { q850Cause?: number }): void {
    this.#phase = 'cancelling';
    if (this.#atGate) {
      this.#fail(CANCELLED);
      return;
    }
    const text = reason.q850Cause === undefined ? undefined : `Q.850;cause=${reason.q850Cause}`;
    this.#request.cancel(text);
    this.#stopCancelTimer = this.#options.clock.setTimer(CANCEL_TIMEOUT_MS, () => {
      this.#options.transport.dropInvite(this.#identity?.branch ?? '');
      this.#request.dispose();
      this.#fail(CANCELLED);
    });
  }

  #onProgress(response: PrackableIncomingResponseWithSession): void {
    const { message } = response;
    if (/100rel/i.test(message.getHeader('Require') ?? '')) response.prack();
    if (this.#phase !== 'inviting') return;
    const earlyMediaSdp = sdpOf(message);
    if (earlyMediaSdp !== null) this.#earlySdp = earlyMediaSdp;
    if (this.#identity && message.toTag && message.toTag !== 'untagged') {
      this.#identity = { ...this.#identity, remoteTag: message.toTag };
    }
    this.#options.events.onProvisional?.({ status: message.statusCode ?? 180, earlyMediaSdp });
  }

  #onAccept(response: AckableIncomingResponseWithSession): void {
    const answerSdp = sdpOf(response.message) ?? this.#earlySdp;
    if (this.#phase === 'inviting' && answerSdp !== null) this.#establish(response, answerSdp);
    else this.#endUnwanted(response, answerSdp === null);
  }

  #establish(response: AckableIncomingResponseWithSession, answerSdp: string): void {
    this.#phase = 'answered';
    const { core, clock, events, offerSdp, invite, transport } = this.#options;
    transport.gates.delete(invite.callId);
    this.#dialog = new EstablishedDialog({
      core,
      clock,
      dialog: response.session,
      localSdp: offerSdp,
      onEnded: (end) => {
        this.#close();
        events.onEnded(end);
      },
      onOffer: (offer) => events.onOffer?.(offer) ?? null,
      onInfoDigit: (digit) => events.onInfoDigit?.(digit),
    });
    const terms = refreshTermsOf(response.message.getHeader('Session-Expires'));
    if (terms?.refresher === 'uac') this.#dialog.refreshEvery(terms.intervalSec);
    if (!this.#identity) return;
    this.#identity = withRemote(this.#identity, response.session);
    // Whoever hangs up on the answer itself waits too: a BYE goes out after the ACK.
    const acknowledged = Promise.withResolvers<void>();
    this.#ackPending = acknowledged.promise;
    const acknowledge = (): void => {
      this.#ackPending = null;
      response.ack();
      acknowledged.resolve();
    };
    const stored = events.onAnswered({ answerSdp, identity: this.#identity });
    if (stored instanceof Promise) stored.then(acknowledge, acknowledge);
    else acknowledge();
  }

  /** A 2xx that nobody wants: it crossed our CANCEL, came from a second branch of a fork, or had no SDP. */
  #endUnwanted(response: AckableIncomingResponseWithSession, withoutSdp: boolean): void {
    // Both leave in one turn of the event loop. BYE first would survive a death in between, but strict peers refuse it.
    response.ack();
    const bye = new Promise<void>((resolve) => {
      const done = (): void => resolve();
      response.session.bye({ onAccept: done, onReject: done, onRedirect: done });
    });
    if (this.#phase === 'answered' || this.#phase === 'over') return;
    const crossed = this.#phase === 'cancelling';
    void bye.then(() =>
      this.#fail(
        crossed || !withoutSdp
          ? { ...CANCELLED, answeredWhileCancelling: true }
          : { status: 488, reasonPhrase: 'Answered without SDP', q850Cause: null },
      ),
    );
    this.#phase = 'cancelling';
    this.#stopCancelTimer();
  }

  #onFinal(message: IncomingResponseMessage): void {
    if (this.#phase === 'over' || this.#phase === 'answered') return;
    // sip.js makes up a 408 or 503 when timer B fires or the transport fails; those were never on the wire.
    const fromWire = message.data !== undefined && message.data !== '';
    if (fromWire) {
      this.#fail({
        status: message.statusCode ?? 0,
        reasonPhrase: message.reasonPhrase ?? '',
        q850Cause: q850CauseOf(message.getHeader('Reason')),
      });
      return;
    }
    if (this.#phase === 'cancelling') this.#fail(CANCELLED);
    else this.#fail({ status: 0, reasonPhrase: this.#silence(message), q850Cause: null });
  }

  #silence(message: IncomingResponseMessage): string {
    if (this.#gateRefused) return 'Not Sent';
    return message.statusCode === 408 ? 'No Response' : 'Transport Failure';
  }

  #fail(final: SipFinal): void {
    if (this.#phase === 'over') return;
    this.#close();
    this.#options.events.onFailed(final);
  }

  #close(): void {
    this.#phase = 'over';
    this.#stopCancelTimer();
    const { transport, invite } = this.#options;
    transport.gates.delete(invite.callId);
    this.#resolveOver();
    this.#options.onOver();
  }
}
