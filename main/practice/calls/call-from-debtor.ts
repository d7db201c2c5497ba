import type { Random } from '#shared/util/index.ts';
import type { OutgoingCall, SipEndpoint } from '../../telephony/sip/index.ts';
import type { CallAudio } from '../media/call-audio.ts';
import { readSdp } from '../media/sdp.ts';
import { TalkPlayer } from '../media/talk-player.ts';
import type { Talk } from '../scenario/index.ts';
import type { OpenRecord } from './call-log.ts';
import type { EndedBy } from './call-record.ts';
import {
  type CarrierContext,
  closeRecord,
  type LiveCall,
  openCallAudio,
} from './carrier-context.ts';

export interface CallFromDebtorOptions {
  context: CarrierContext;
  endpoint: SipEndpoint;
  open: OpenRecord;
  target: { host: string; port: number };
  talk: Talk;
  patienceMs: number;
  random: Random;
  onOver(): void;
}

/** A debtor who calls the firm: an INVITE from the carrier to the engine. */
export class CallFromDebtor implements LiveCall {
  readonly open: OpenRecord;
  readonly #options: CallFromDebtorOptions;
  #audio: CallAudio | null = null;
  #call: OutgoingCall | null = null;
  #cancelPatience: (() => void) | null = null;

  constructor(options: CallFromDebtorOptions) {
    this.#options = options;
    this.open = options.open;
  }

  async start(): Promise<void> {
    const { context, endpoint, target, patienceMs } = this.#options;
    const { record } = this.open;
    const audio = await openCallAudio(context, this.open);
    this.#audio = audio;
    this.#cancelPatience = context.clock.setTimer(patienceMs, () => {
      if (record.answeredAt === null) void this.hangUp();
    });
    this.#call = endpoint.invite({
      toUser: record.to,
      fromUser: record.from,
      target,
      offerSdp: audio.offer(),
      beforeSend: async (identity) => {
        record.sipCallId = identity.sipCallId;
        this.open.save();
      },
      onProvisional: ({ status }) => {
        if (status === 180 || status === 183) record.ringingAt ??= context.clock.now();
      },
      onAnswered: ({ answerSdp }) => this.#answered(answerSdp),
      onFailed: ({ status }) => this.#end(status === 0 ? 'network' : 'engine', status),
      onEnded: ({ by }) => {
        this.#end(by === 'remote' ? 'engine' : by === 'local' ? 'carrier' : 'network');
      },
      onOffer: (offerSdp) => this.#answerOffer(offerSdp),
      onInfoDigit: (digit) => {
        const atMs = context.clock.now() - (record.answeredAt ?? context.clock.now());
        record.digits.push({ digit, atMs, durationMs: null, via: 'info' });
      },
    });
  }

  refresh(): void {
    if (this.#audio && this.open.record.stillUp) this.open.record.media = this.#audio.snapshot();
  }

  async hangUp(): Promise<void> {
    if (!this.open.record.stillUp) return;
    const status = this.open.record.answeredAt === null ? 487 : undefined;
    this.#end('carrier', status);
    await this.#call?.hangUp();
  }

  #answered(answerSdp: string): void {
    const { context, talk, random } = this.#options;
    const { record } = this.open;
    const audio = this.#audio;
    const remote = readSdp(answerSdp);
    if (!record.stillUp || audio === null) return;
    record.answeredAt = context.clock.now();
    record.status = 200;
    if (remote === null || audio.setRemote(remote) === null) return void this.hangUp();
    audio.markAnswered(0);
    audio.play(
      new TalkPlayer({
        talk,
        prompts: context.prompts,
        random,
        actions: {
          press: (digits, toneMs, gapMs) => audio.press(digits, toneMs, gapMs),
          // The interface gives no re-INVITE on calls that we placed; the debtor only falls silent.
          hold: () => {},
          hangUp: () => void this.hangUp(),
        },
      }),
    );
    this.open.save();
  }

  async #answerOffer(offerSdp: string): Promise<string> {
    const remote = readSdp(offerSdp);
    const answer = remote === null ? null : (this.#audio?.answer(remote) ?? null);
    return answer ?? (this.#audio?.offer() as string);
  }

  #end(by: EndedBy, status?: number): void {
    this.#cancelPatience?.();
    const end = { by, audio: this.#audio, ...(status === undefined ? {} : { status }) };
    if (closeRecord(this.#options.context, this.open, end)) this.#options.onOver();
  }
}
