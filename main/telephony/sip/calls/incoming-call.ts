import type { InviteUserAgentServer, Session } from 'sip.js/lib/core/index.js';
import { AppError, invariant } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { SipCore } from '../core/index.ts';
import { parseNameAddress, parseUri } from '../message/index.ts';
import type { DialogIdentity, IncomingCall } from '../types.ts';
import { refreshTermsOf } from './dialog-refresh.ts';
import { EstablishedDialog } from './established-dialog.ts';
import { sdpBody, sdpOf } from './sdp-body.ts';

export interface IncomingCallOptions {
  core: SipCore;
  clock: Clock;
  invite: InviteUserAgentServer;
  remoteHost: string;
  remotePort: number;
  localContact: string;
  onOver(): void;
}

/**
 * One INVITE from the peer and the dialog it opens.
 *
 *   offered ──answer──> answering ──ACK──> answered ──> over
 *      │  └──CANCEL: 487──> over      └──32 s: BYE──> over
 *      └──reject, hangUp──> over
 */
export class SipIncomingCall implements IncomingCall {
  onCancelled: (() => void) | null = null;
  onEnded: ((end: { by: 'local' | 'remote' | 'network' }) => void) | null = null;
  onOffer: ((offerSdp: string) => Promise<string>) | null = null;
  onInfoDigit: ((digit: string) => void) | null = null;
  readonly toUser: string;
  readonly fromUser: string | null;
  readonly assertedUser: string | null;
  readonly privacy: boolean;
  readonly offerSdp: string | null;
  readonly remoteHost: string;
  readonly #options: IncomingCallOptions;
  #identity: DialogIdentity;
  #phase: 'offered' | 'answered' | 'over' = 'offered';
  #dialog: EstablishedDialog | null = null;
  #refuseAnswer: ((error: AppError) => void) | null = null;

  constructor(options: IncomingCallOptions) {
    this.#options = options;
    const { message } = options.invite;
    this.toUser = message.ruri?.user ?? '';
    this.fromUser = userOf(message.getHeader('From'));
    this.assertedUser = userOf(message.getHeader('P-Asserted-Identity'));
    const privacy = (message.getHeader('Privacy') ?? '').toLowerCase();
    this.privacy = this.fromUser === null || /\b(id|user|header)\b/.test(privacy);
    this.offerSdp = sdpOf(message);
    this.remoteHost = options.remoteHost;
    this.#identity = identityOf(options);
    options.invite.delegate = { onCancel: () => this.#onCancel() };
    options.invite.trying();
  }

  get identity(): DialogIdentity {
    return this.#identity;
  }

  ringing(): void {
    if (this.#phase !== 'offered') return;
    this.#watchEarly(this.#options.invite.progress({ statusCode: 180 }));
  }

  earlyMedia(sdp: string): void {
    if (this.#phase !== 'offered') return;
    this.#watchEarly(this.#options.invite.progress({ statusCode: 183, body: sdpBody(sdp) }));
  }

  answer(sdp: string): Promise<{ ackSdp: string | null }> {
    if (this.#phase !== 'offered') {
      return Promise.reject(new AppError('sip.call-over', 'The call is no longer waiting.'));
    }
    this.#phase = 'answered';
    const { invite } = this.#options;
    const { session: confirmed } = invite.accept({
      statusCode: 200,
      body: sdpBody(sdp),
      extraHeaders: this.#timerHeaders(),
    });
    const dialog = this.#establish(confirmed, sdp);
    this.#dialog = dialog;
    this.#identity = {
      ...this.#identity,
      localTag: confirmed.localTag,
      remoteTarget: confirmed.remoteTarget.toRaw(),
      confirmed: true,
    };
    const acknowledged = new Promise<{ ackSdp: string | null }>((resolve, reject) => {
      this.#refuseAnswer = reject;
      void dialog.acknowledged().then((ackSdp) => resolve({ ackSdp }));
    });
    // A caller that does not wait learns of the end through onEnded; its indifference must not end the program.
    acknowledged.catch(() => {});
    return acknowledged;
  }

  reoffer(sdp: string): Promise<string> {
    if (this.#dialog) return this.#dialog.reoffer(sdp);
    return Promise.reject(new AppError('sip.call-over', 'The call has no dialog.'));
  }

  reject(status: number, reasonPhrase: string, q850Cause?: number): void {
    if (this.#phase !== 'offered') return;
    invariant(status >= 300 && status <= 699, 'a call is refused with 300 to 699');
    this.#leave();
    const extraHeaders = q850Cause === undefined ? [] : [`Reason: Q.850;cause=${q850Cause}`];
    const { invite } = this.#options;
    if (status < 400) invite.redirect([], { statusCode: status, reasonPhrase, extraHeaders });
    else invite.reject({ statusCode: status, reasonPhrase, extraHeaders });
  }

  hangUp(reason: { q850Cause?: number } = {}): Promise<void> {
    if (this.#dialog) return this.#dialog.hangUp(reason);
    this.reject(480, 'Temporarily Unavailable', reason.q850Cause);
    return Promise.resolve();
  }

  /** The endpoint is gone. */
  abandon(): void {
    const answered = this.#phase === 'answered';
    if (this.#phase === 'over') return;
    this.#leave();
    this.#refuseAnswer?.(new AppError('sip.call-over', 'The call ended before its ACK.'));
    if (answered) this.onEnded?.({ by: 'network' });
    else this.onCancelled?.();
  }

  #establish(confirmed: Session, sdp: string): EstablishedDialog {
    const { core, clock, invite } = this.#options;
    const dialog = new EstablishedDialog({
      core,
      clock,
      dialog: confirmed,
      localSdp: sdp,
      onEnded: ({ by }) => {
        this.#leave();
        this.#refuseAnswer?.(new AppError('sip.call-over', 'The call ended before its ACK.'));
        this.onEnded?.({ by });
      },
      onOffer: (offer) => this.onOffer?.(offer) ?? null,
      onInfoDigit: (digit) => this.onInfoDigit?.(digit),
    });
    const terms = refreshTermsOf(invite.message.getHeader('Session-Expires'));
    if (terms?.refresher === 'uas' && this.#timerHeaders().length > 0) {
      dialog.refreshEvery(terms.intervalSec);
    }
    return dialog;
  }

  /** The peer wants session timers: it may refresh, or we do when it says so (RFC 4028 §9). */
  #timerHeaders(): string[] {
    const { message } = this.#options.invite;
    const terms = refreshTermsOf(message.getHeader('Session-Expires'));
    const supported = `${message.getHeader('Supported') ?? ''},${message.getHeader('Require') ?? ''}`;
    if (!terms || !supported.toLowerCase().includes('timer')) return [];
    const refresher = terms.refresher ?? 'uac';
    return [`Session-Expires: ${terms.intervalSec};refresher=${refresher}`, 'Require: timer'];
  }

  /** A caller may end an early dialog by BYE instead of CANCEL (RFC 3261 §15). */
  #watchEarly({ session: early }: { session: Session }): void {
    early.delegate = {
      onBye: (bye) => {
        bye.accept();
        this.#onCancel();
      },
    };
  }

  #leave(): void {
    this.#phase = 'over';
    this.#options.onOver();
  }

  #onCancel(): void {
    if (this.#phase !== 'offered') return;
    this.#leave();
    this.#options.invite.reject({ statusCode: 487 });
    this.onCancelled?.();
  }
}

function identityOf({
  invite,
  remoteHost,
  remotePort,
  localContact,
}: IncomingCallOptions): DialogIdentity {
  const { message } = invite;
  return {
    sipCallId: message.callId,
    localTag: (invite as unknown as { toTag: string }).toTag,
    remoteTag: message.fromTag,
    branch: message.viaBranch,
    localCseq: 0,
    localUri: message.to.uri.toRaw(),
    remoteUri: message.from.uri.toRaw(),
    requestUri: message.ruri?.toRaw() ?? '',
    remoteTarget: parseNameAddress(message.getHeader('Contact') ?? '')?.uri ?? null,
    routeSet: message.getHeaders('Record-Route'),
    localContact,
    peerHost: remoteHost,
    peerPort: remotePort,
    confirmed: false,
  };
}

/** User part of an address header; null when there is none or the caller hides it. */
function userOf(value: string | undefined): string | null {
  const uri = parseUri(parseNameAddress(value ?? '')?.uri ?? '');
  if (!uri || uri.user === '' || uri.user.toLowerCase() === 'anonymous') return null;
  return uri.user;
}
