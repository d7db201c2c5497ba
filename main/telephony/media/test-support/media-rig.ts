import { createMediaProcess, type MediaProcess } from '../media-process.ts';
import type { MediaEvent } from '../media-protocol.ts';
import { CarrierPeer } from './carrier-peer.ts';
import { SoftphonePeer } from './softphone-peer.ts';
import { spawnFromSource } from './spawn-from-source.ts';
import { systemClock } from './system-clock.ts';
import type { Talker } from './talking.ts';

export interface RigLeg {
  legId: string;
  carrier: CarrierPeer;
  debtor: Talker;
  port: number;
}

export interface RigLine {
  lineId: string;
  softphone: SoftphonePeer;
  agent: Talker;
}

/** A real media process with peers on both sides, for integration tests. */
export class MediaRig {
  readonly media: MediaProcess;
  readonly events: MediaEvent[] = [];
  readonly #closers: (() => unknown)[] = [];
  #listeners = new Set<() => void>();
  #names = 0;

  constructor() {
    this.media = createMediaProcess({
      spawn: spawnFromSource,
      clock: systemClock,
      logger: { warn: () => {} },
    });
    this.media.onEvent((event) => {
      this.events.push(event);
      for (const listener of [...this.#listeners]) listener();
    });
  }

  async start(): Promise<void> {
    await this.media.start();
    await this.media.request('configure', { bindHost: '127.0.0.1', agentHosts: ['127.0.0.1'] });
  }

  async line(
    start: { firstSequenceNumber?: number; firstTimestamp?: number } = {},
  ): Promise<RigLine> {
    const lineId = this.#name('line');
    const softphone = new SoftphonePeer();
    this.#closers.push(() => softphone.close());
    const { offerSdp } = await this.media.request('openAgentLine', { lineId });
    const answerSdp = await softphone.answer(offerSdp);
    await this.media.request('setAgentAnswer', { lineId, answerSdp });
    const agent = softphone.talk(start);
    await this.event((event) => event.type === 'lineFlowing' && event.lineId === lineId);
    return { lineId, softphone, agent };
  }

  async leg(options: { payloadType?: 0 | 8; telephoneEvent?: boolean } = {}): Promise<RigLeg> {
    const legId = this.#name('leg');
    const payloadType = options.payloadType ?? 0;
    const carrier = await CarrierPeer.open();
    this.#closers.push(() => carrier.close());
    const { port } = await this.media.request('openTrunkLeg', { legId, bindHost: '127.0.0.1' });
    await this.media.request('setTrunkRemote', {
      legId,
      host: '127.0.0.1',
      port: carrier.port,
      payloadType,
      direction: 'sendrecv',
      ...(options.telephoneEvent === false ? {} : { telephoneEventPayloadType: 101 }),
    });
    return { legId, carrier, port, debtor: carrier.talkTo(port, payloadType) };
  }

  /** Resolves with the first event, past or coming, that matches. */
  event(matches: (event: MediaEvent) => boolean, limitMs = 10_000): Promise<MediaEvent> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#listeners.delete(check);
        reject(new Error(`no such event; had ${JSON.stringify(this.events)}`));
      }, limitMs);
      const check = (): void => {
        const found = this.events.find(matches);
        if (!found) return;
        clearTimeout(timer);
        this.#listeners.delete(check);
        resolve(found);
      };
      this.#listeners.add(check);
      check();
    });
  }

  async close(): Promise<void> {
    for (const close of this.#closers.reverse()) await close();
    await this.media.stop();
  }

  #name(kind: string): string {
    this.#names += 1;
    return `${kind}-${this.#names}`;
  }
}
