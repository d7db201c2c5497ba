import { AppError } from '#shared/errors/index.ts';
import { Disposables, type Random } from '#shared/util/index.ts';
import type { IncomingCall } from '../../telephony/sip/index.ts';
import { networkTone } from '../audio/tone.ts';
import type { CallAudio } from '../media/call-audio.ts';
import { readSdp } from '../media/sdp.ts';
import { talkOf } from '../media/talk-of.ts';
import { TalkPlayer } from '../media/talk-player.ts';
import {
  type AnsweringBehaviour,
  type Behaviour,
  digitsOf,
  drawMs,
  type RefusingBehaviour,
  type Talk,
} from '../scenario/index.ts';
import type { OpenRecord } from './call-log.ts';
import {
  type CarrierContext,
  closeRecord,
  type LiveCall,
  openCallAudio,
} from './carrier-context.ts';
import { planRefusal } from './refusal.ts';

export interface DebtorCallOptions {
  context: CarrierContext;
  call: IncomingCall;
  open: OpenRecord;
  behaviour: Behaviour;
  random: Random;
  onOver(): void;
}

/** A call from the engine to a debtor, from its INVITE to its end, as the behaviour says. */
export class DebtorCall implements LiveCall {
  readonly open: OpenRecord;
  readonly #options: DebtorCallOptions;
  readonly #timers = new Disposables();
  #audio: CallAudio | null = null;
  #localSdp: string | null = null;
  #isEarly = false;

  constructor(options: DebtorCallOptions) {
    this.#options = options;
    this.open = options.open;
    const { call } = options;
    call.onCancelled = () => this.#end('engine', 487);
    call.onEnded = (end) => {
      this.#end(end.by === 'remote' ? 'engine' : end.by === 'local' ? 'carrier' : 'network');
    };
    call.onOffer = (offerSdp) => this.#answerOffer(offerSdp);
    call.onInfoDigit = (digit) => this.#noteInfoDigit(digit);
  }

  /** Opens media and follows the behaviour. */
  async start(): Promise<void> {
    const { behaviour, context, random } = this.#options;
    if (behaviour.kind === 'noResponse') return;
    this.#audio = await openCallAudio(context, this.open);
    // Its end may have come while the socket was being opened.
    if (!this.open.record.stillUp) return void this.#audio.close();
    if (!this.#describe()) return this.#refuse(488, 'Not Acceptable Here');
    if (isAnswering(behaviour)) this.#ringThenAnswer(behaviour);
    else this.#ringThenRefuse(behaviour, random);
  }

  refresh(): void {
    if (this.#audio && this.open.record.stillUp) this.open.record.media = this.#audio.snapshot();
  }

  async hangUp(): Promise<void> {
    if (!this.open.record.stillUp) return;
    if (this.open.record.answeredAt === null) return this.#refuse(480, 'Temporarily Unavailable');
    this.#end('carrier');
    await this.#options.call.hangUp();
  }

  #ringThenAnswer(behaviour: AnsweringBehaviour): void {
    const afterMs = drawMs(behaviour.afterMs, this.#options.random);
    this.#ring(behaviour.ringing, drawMs(behaviour.ringAfterMs, this.#options.random), afterMs);
    this.#after(afterMs, () => this.#answer(behaviour));
  }

  #ringThenRefuse(behaviour: RefusingBehaviour, random: Random): void {
    const plan = planRefusal(behaviour, random, digitsOf(this.open.record.to));
    this.#ring(plan.ringing, plan.ringAfterMs, plan.afterMs);
    this.#after(plan.afterMs, () => {
      if (plan.announcement === null) return this.#refuse(plan.status, plan.reasonPhrase);
      this.#startEarlyMedia({ ...plan.announcement, whenDone: 'hangUp' }, () =>
        this.#refuse(plan.status, plan.reasonPhrase),
      );
    });
  }

  #ring(ringing: 'ringing' | 'earlyMedia' | 'none', ringAfterMs: number, afterMs: number): void {
    if (ringing === 'none' || ringAfterMs >= afterMs) return;
    this.#after(ringAfterMs, () => {
      this.open.record.ringingAt = this.#options.context.clock.now();
      if (ringing === 'ringing') return this.#options.call.ringing();
      const tone = networkTone('ringback', digitsOf(this.open.record.to));
      this.#startEarlyMedia({ steps: [{ tone }], whenDone: 'stay' }, () => {});
    });
  }

  #startEarlyMedia(talk: Talk, onDone: () => void): void {
    if (this.#localSdp !== null && !this.#isEarly) {
      this.#isEarly = true;
      this.#options.call.earlyMedia?.(this.#localSdp);
    }
    this.#play(talk, onDone);
  }

  #answer(behaviour: AnsweringBehaviour): void {
    const { call, context, random } = this.#options;
    const { record } = this.open;
    const sdp = this.#localSdp;
    if (sdp === null || this.#audio === null) return;
    record.answeredAt = context.clock.now();
    record.status = 200;
    this.#audio.markAnswered(drawMs(behaviour.mediaDelayMs, random));
    this.#play(talkOf(behaviour), () => void this.hangUp());
    call.answer(sdp).then(
      ({ ackSdp }) => this.#takeAckSdp(ackSdp),
      // No ACK came for our 2xx (RFC 3261 §13.3.1.4), or the call was cancelled in the same instant.
      () => this.#end('network'),
    );
    this.open.save();
  }

  #play(talk: Talk, onHangUp: () => void): void {
    const { context, random } = this.#options;
    const audio = this.#audio;
    audio?.play(
      new TalkPlayer({
        talk,
        prompts: context.prompts,
        random,
        actions: {
          press: (digits, toneMs, gapMs) => audio.press(digits, toneMs, gapMs),
          hold: (held) => this.#hold(held),
          hangUp: onHangUp,
        },
      }),
    );
  }

  /** Answers the INVITE's offer; without one our own goes out in the 2xx. @returns false without a common codec */
  #describe(): boolean {
    const { offerSdp } = this.#options.call;
    if (this.#audio === null) return false;
    if (offerSdp === null) {
      this.#localSdp = this.#audio.offer();
      return true;
    }
    const remote = readSdp(offerSdp);
    this.#localSdp = remote === null ? null : this.#audio.answer(remote);
    return this.#localSdp !== null;
  }

  #takeAckSdp(ackSdp: string | null): void {
    const remote = ackSdp === null ? null : readSdp(ackSdp);
    if (remote !== null) this.#audio?.setRemote(remote);
  }

  async #answerOffer(offerSdp: string): Promise<string> {
    const remote = readSdp(offerSdp);
    const answer = remote === null ? null : (this.#audio?.answer(remote) ?? null);
    if (answer === null) throw new AppError('practice.no-codec', 'no codec in common');
    return answer;
  }

  #hold(held: boolean): void {
    const sdp = this.#audio?.reoffer(held ? 'sendonly' : 'sendrecv');
    if (sdp === undefined) return;
    // A refused re-INVITE leaves the call as it was (RFC 3261 §14.1).
    this.#options.call.reoffer?.(sdp).catch(() => {});
  }

  #noteInfoDigit(digit: string): void {
    const { record } = this.open;
    const answeredAt = record.answeredAt ?? this.#options.context.clock.now();
    const atMs = this.#options.context.clock.now() - answeredAt;
    record.digits.push({ digit, atMs, durationMs: null, via: 'info' });
    this.open.save();
  }

  #refuse(status: number, reasonPhrase: string): void {
    if (!this.open.record.stillUp) return;
    this.#end('carrier', status);
    this.#options.call.reject(status, reasonPhrase);
  }

  #end(by: 'engine' | 'carrier' | 'network', status?: number): void {
    this.#timers.dispose();
    const end = { by, audio: this.#audio, ...(status === undefined ? {} : { status }) };
    if (closeRecord(this.#options.context, this.open, end)) this.#options.onOver();
  }

  #after(delayMs: number, act: () => void): void {
    this.#timers.add(this.#options.context.clock.setTimer(delayMs, act));
  }
}

function isAnswering(behaviour: Behaviour): behaviour is AnsweringBehaviour {
  return ['answer', 'voicemail', 'tone', 'echo'].includes(behaviour.kind);
}
