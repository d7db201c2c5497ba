import type {
  IncomingByeRequest,
  IncomingInfoRequest,
  IncomingInviteRequest,
  Session,
  UserAgentServer,
} from 'sip.js/lib/core/index.js';
import { SessionState } from 'sip.js/lib/core/index.js';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { SipCore } from '../core/index.ts';
import { q850CauseOf } from '../message/index.ts';
import { DialogRefresh } from './dialog-refresh.ts';
import { infoDigitOf } from './info-digit.ts';
import { sdpBody, sdpOf } from './sdp-body.ts';

export interface DialogEnd {
  by: 'local' | 'remote' | 'network';
  q850Cause: number | null;
}

type AnswerableRequest = Pick<UserAgentServer, 'message' | 'accept' | 'reject'>;

export interface EstablishedDialogOptions {
  core: SipCore;
  clock: Clock;
  dialog: Session;
  localSdp: string;
  onEnded(end: DialogEnd): void;
  onOffer(offerSdp: string): Promise<string> | null;
  onInfoDigit(digit: string): void;
}

/**
 * A confirmed dialog, whoever opened it: answers re-INVITE, UPDATE, INFO and BYE, and ends it once.
 *
 *   up ──BYE from the peer──> over        (by remote)
 *   up ──hangUp──> [ACK outstanding] ──> over   (by local)
 *   up ──no ACK in 32 s, or a refresh unanswered──> over (by network)
 */
export class EstablishedDialog {
  readonly #options: EstablishedDialogOptions;
  readonly #refresh: DialogRefresh;
  #localSdp: string;
  #over = false;
  #onAck: ((sdp: string | null) => void) | null = null;
  #byeDone: Promise<void> | null = null;

  constructor(options: EstablishedDialogOptions) {
    this.#options = options;
    this.#localSdp = options.localSdp;
    this.#refresh = new DialogRefresh({
      core: options.core,
      clock: options.clock,
      dialog: options.dialog,
      localSdp: () => this.#localSdp,
      onLost: () => this.#endByNetwork(),
    });
    options.dialog.delegate = {
      onAck: (ack) => this.#onAck?.(sdpOf(ack.message)),
      onAckTimeout: () => this.#endByNetwork(),
      onBye: (bye) => this.#receiveBye(bye),
      onInfo: (info) => this.#receiveInfo(info),
      onInvite: (invite) => this.#receiveInvite(invite),
    };
    options.core.updateHandlers.set(options.dialog.id, (update) => this.#receiveUpdate(update));
  }

  /** Resolves with the ACK's SDP; null when it carried none. */
  acknowledged(): Promise<string | null> {
    return new Promise((resolve) => {
      this.#onAck = resolve;
    });
  }

  /** Starts the refreshing of RFC 4028 when the peer asked us for it. */
  refreshEvery(intervalSec: number): void {
    this.#refresh.start(intervalSec);
  }

  /** Sends BYE once; resolves when it was answered or timer F passed. */
  hangUp(reason?: { q850Cause?: number }): Promise<void> {
    if (!this.#byeDone) {
      if (this.#over) return Promise.resolve();
      this.#finish({ by: 'local', q850Cause: reason?.q850Cause ?? null });
      this.#byeDone = this.#sendBye(reason?.q850Cause);
    }
    return this.#byeDone;
  }

  /**
   * Our own re-INVITE (RFC 3261 §14.1).
   * @returns the peer's answer
   * @throws AppError `sip.offer-refused` (with `status`), `sip.call-over`; `sip.offer-pending` while another is under way
   */
  reoffer(sdp: string): Promise<string> {
    if (this.#over) return Promise.reject(new AppError('sip.call-over', 'The call is over.'));
    return new Promise((resolve, reject) => {
      const refused = (status: number): void =>
        reject(
          new AppError('sip.offer-refused', 'The peer refused the offer.', { details: { status } }),
        );
      try {
        this.#options.dialog.invite(
          {
            onAccept: (response) => {
              response.ack();
              this.#localSdp = sdp;
              resolve(sdpOf(response.message) ?? '');
            },
            onReject: (response) => refused(response.message.statusCode ?? 0),
            onRedirect: (response) => refused(response.message.statusCode ?? 0),
          },
          { extraHeaders: [`Contact: ${this.#options.core.contactText}`], body: sdpBody(sdp) },
        );
      } catch (cause) {
        reject(new AppError('sip.offer-pending', 'Another offer is under way.', { cause }));
      }
    });
  }

  #sendBye(q850Cause: number | undefined): Promise<void> {
    const { dialog } = this.#options;
    // A BYE before the ACK could overtake our own 2xx (RFC 3261 §15): sip.js refuses it, so it waits.
    if (dialog.sessionState !== SessionState.AckWait) return this.#bye(q850Cause);
    return new Promise((resolve) => {
      const send = (): void => void this.#bye(q850Cause).then(resolve);
      dialog.delegate = { ...dialog.delegate, onAck: send, onAckTimeout: send };
    });
  }

  #bye(q850Cause: number | undefined): Promise<void> {
    const extraHeaders = q850Cause === undefined ? [] : [`Reason: Q.850;cause=${q850Cause}`];
    return new Promise((resolve) => {
      this.#options.dialog.bye(
        { onAccept: () => resolve(), onReject: () => resolve(), onRedirect: () => resolve() },
        { extraHeaders },
      );
    });
  }

  #endByNetwork(): void {
    if (this.#over) return;
    this.#finish({ by: 'network', q850Cause: null });
    this.#byeDone = this.#bye(undefined);
  }

  #finish(end: DialogEnd): void {
    this.#over = true;
    this.#refresh.stop();
    this.#options.core.updateHandlers.delete(this.#options.dialog.id);
    this.#options.onEnded(end);
  }

  #receiveBye(bye: IncomingByeRequest): void {
    bye.accept();
    const q850Cause = q850CauseOf(bye.message.getHeader('Reason'));
    if (!this.#over) this.#finish({ by: 'remote', q850Cause });
  }

  #receiveInfo(info: IncomingInfoRequest): void {
    info.accept();
    const digit = infoDigitOf(info.message.getHeader('Content-Type') ?? '', info.message.body);
    if (digit !== null) this.#options.onInfoDigit(digit);
  }

  #receiveInvite(invite: IncomingInviteRequest): void {
    this.#refresh.heard();
    const offer = sdpOf(invite.message);
    // No SDP: the peer asks for our offer; what we last said still holds.
    if (offer === null) this.#acceptOffer(invite, this.#localSdp);
    else this.#answerOffer(invite, offer);
  }

  #receiveUpdate(update: UserAgentServer): void {
    this.#refresh.heard();
    const offer = sdpOf(update.message);
    if (offer === null)
      update.accept({ statusCode: 200, extraHeaders: this.#answerHeaders(update) });
    else this.#answerOffer(update, offer);
  }

  #answerOffer(request: AnswerableRequest, offer: string): void {
    const answering = this.#options.onOffer(offer);
    if (!answering) {
      request.reject({ statusCode: 488 });
      return;
    }
    answering.then(
      (answer) => this.#acceptOffer(request, answer),
      () => this.#rejectOffer(request),
    );
  }

  #acceptOffer(request: AnswerableRequest, answerSdp: string): void {
    if (this.#over) return this.#rejectOffer(request);
    this.#localSdp = answerSdp;
    request.accept({
      statusCode: 200,
      body: sdpBody(answerSdp),
      extraHeaders: this.#answerHeaders(request),
    });
  }

  #rejectOffer(request: AnswerableRequest): void {
    try {
      request.reject({ statusCode: this.#over ? 481 : 488 });
    } catch {
      // sip.js throws when the transaction is already over: then nobody waits for the refusal.
    }
  }

  #answerHeaders(request: AnswerableRequest): string[] {
    return [`Contact: ${this.#options.core.contactText}`, ...this.#refresh.answerTo(request)];
  }
}
