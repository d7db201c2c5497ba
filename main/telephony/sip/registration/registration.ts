import type { IncomingResponseMessage } from 'sip.js/lib/core/index.js';
import type { Clock, Random } from '#shared/util/index.ts';
import { parseSipUri, type SipCore } from '../core/index.ts';
import { escapeUser, newToken } from '../message/index.ts';
import type { RegistrationState } from '../types.ts';
import {
  type RegistrationEffect,
  type RegistrationEvent,
  type RegistrationMachine,
  transition,
} from './registration-machine.ts';

export interface RegistrationOptions {
  core: SipCore;
  clock: Clock;
  random: Random;
  account: { user: string; domain: string };
  expiresSec: number;
  listener(state: RegistrationState): void;
}

const DEFAULT_GRANT_SEC = 3600;

/** Keeps a trunk's registrar informed where we are: performs what the registration machine decides. */
export class Registration {
  readonly #options: RegistrationOptions;
  readonly #callId = newToken();
  readonly #fromTag = newToken();
  readonly #whenLeft: (() => void)[] = [];
  #machine: RegistrationMachine = { kind: 'off' };
  #cseq = 0;
  #stopTimer: () => void = () => {};

  constructor(options: RegistrationOptions) {
    this.#options = options;
  }

  start(): void {
    this.#step({ type: 'start', expiresSec: this.#options.expiresSec });
  }

  /** Resolves when the registrar answered the unregistering, or did not within timer F. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenLeft.push(resolve);
      this.#step({ type: 'stop' });
      if (this.#machine.kind === 'off') this.#tellLeft();
    });
  }

  dispose(): void {
    this.#stopTimer();
    this.#machine = { kind: 'off' };
    this.#tellLeft();
  }

  #step(event: RegistrationEvent): void {
    const { state, effects } = transition(this.#machine, event, this.#options.random.next());
    this.#machine = state;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: RegistrationEffect): void {
    const { listener, clock } = this.#options;
    switch (effect.type) {
      case 'send':
        return this.#send(effect.expiresSec);
      case 'timer':
        this.#stopTimer = clock.setTimer(effect.delayMs, () => this.#step({ type: 'timer' }));
        return;
      case 'cancel-timer':
        return this.#stopTimer();
      case 'registering':
        return listener({ kind: 'registering' });
      case 'registered':
        return listener({ kind: 'registered', expiresAt: effect.expiresAt });
      case 'failed': {
        const { status, reasonPhrase, retryAt } = effect;
        return listener({ kind: 'failed', status, reasonPhrase, retryAt });
      }
      case 'unregistered':
        listener({ kind: 'unregistered' });
        return this.#tellLeft();
    }
  }

  #tellLeft(): void {
    for (const resolve of this.#whenLeft.splice(0)) resolve();
  }

  #send(expiresSec: number): void {
    const { core, account } = this.#options;
    const addressOfRecord = parseSipUri(`sip:${escapeUser(account.user)}@${account.domain}`);
    this.#cseq += 1;
    const request = core.makeOutgoingRequestMessage(
      'REGISTER',
      parseSipUri(`sip:${account.domain}`),
      addressOfRecord,
      addressOfRecord,
      { callId: this.#callId, fromTag: this.#fromTag, cseq: this.#cseq },
      [`Contact: ${core.contactText};expires=${expiresSec}`, `Expires: ${expiresSec}`],
    );
    const leaving = expiresSec === 0;
    const refused = (message: IncomingResponseMessage): void => {
      this.#cseq = request.cseq;
      this.#step(leaving ? { type: 'left' } : this.#refusal(message));
    };
    core.register(request, {
      onAccept: ({ message }) => {
        this.#cseq = request.cseq;
        this.#step(leaving ? { type: 'left' } : this.#grant(message));
      },
      onReject: ({ message }) => refused(message),
      onRedirect: ({ message }) => refused(message),
    });
  }

  #grant(message: IncomingResponseMessage): RegistrationEvent {
    const { core, expiresSec, clock } = this.#options;
    const mine = core.contactText.slice(1, -1).toLowerCase();
    const contact = message.getHeaders('Contact').find((value) => sameContact(value, mine));
    const stated =
      /;\s*expires\s*=\s*"?(\d+)/i.exec(contact ?? '')?.[1] ?? message.getHeader('Expires');
    const granted = Number(stated ?? expiresSec);
    const grantedSec = Number.isFinite(granted) && granted > 0 ? granted : DEFAULT_GRANT_SEC;
    return { type: 'accepted', at: clock.now(), grantedSec };
  }

  #refusal(message: IncomingResponseMessage): RegistrationEvent {
    // Without data the response was made up by sip.js: timer F, or a transport that could not send.
    const fromWire = Boolean(message.data);
    const minExpires = fromWire ? Number(message.getHeader('Min-Expires')) : Number.NaN;
    return {
      type: 'refused',
      at: this.#options.clock.now(),
      status: fromWire ? (message.statusCode ?? 0) : 0,
      reasonPhrase: fromWire ? (message.reasonPhrase ?? '') : 'No Response',
      minExpiresSec: Number.isInteger(minExpires) ? minExpires : null,
    };
  }
}

/** Registrars list every Contact of the account; ours is the one with our URI, whatever parameters they added. */
function sameContact(value: string, mine: string): boolean {
  return value.toLowerCase().includes(mine);
}
