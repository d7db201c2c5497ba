import {
  RTCPeerConnection,
  RTCRtpCodecParameters,
  type RTCRtpTransceiver,
  RtpHeader,
  type RtpPacket,
} from 'werift';
import { HeardAudio } from './heard-audio.ts';
import { systemClock } from './system-clock.ts';
import { Talker } from './talking.ts';

/** An agent's page without a browser: werift, an implementation that is not the engine's. */
export class SoftphonePeer {
  readonly heard = new HeardAudio();
  readonly #connection = new RTCPeerConnection({
    codecs: {
      audio: [
        new RTCRtpCodecParameters({
          mimeType: 'audio/PCMU',
          clockRate: 8000,
          channels: 1,
          payloadType: 0,
        }),
        new RTCRtpCodecParameters({
          mimeType: 'audio/telephone-event',
          clockRate: 8000,
          channels: 1,
          payloadType: 101,
        }),
      ],
    },
    iceServers: [],
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
  });
  #transceiver: RTCRtpTransceiver | null = null;
  #talker: Talker | null = null;

  /** Takes the engine's offer and gives the answer with all candidates in it. */
  async answer(offerSdp: string): Promise<string> {
    await this.#connection.setRemoteDescription({ type: 'offer', sdp: offerSdp });
    const [transceiver] = this.#connection.getTransceivers();
    if (!transceiver) throw new Error('the offer had no audio');
    transceiver.setDirection('sendrecv');
    this.#transceiver = transceiver;
    // werift's tracks want an announced SSRC; browsers, and so our offer, do without
    transceiver.receiver.dtlsTransport.onRtp.subscribe((rtp) => this.#hear(rtp));
    await this.#connection.setLocalDescription(await this.#connection.createAnswer());
    return this.#connection.localDescription?.sdp ?? '';
  }

  #hear(rtp: RtpPacket): void {
    const { header } = rtp;
    this.heard.add(
      {
        marker: header.marker,
        payloadType: header.payloadType,
        sequenceNumber: header.sequenceNumber,
        rtpTimestamp: header.timestamp,
        ssrc: header.ssrc,
        payload: rtp.payload,
      },
      systemClock.monotonic(),
    );
  }

  /** Starts sending as a microphone does: always, silence when nobody speaks. */
  talk(start: { firstSequenceNumber?: number; firstTimestamp?: number } = {}): Talker {
    this.#talker = new Talker(
      (packet) => {
        const transport = this.#transceiver?.sender.dtlsTransport;
        if (transport?.state !== 'connected') return;
        const header = new RtpHeader({
          version: 2,
          marker: packet.marker,
          payloadType: packet.payloadType,
          sequenceNumber: packet.sequenceNumber,
          timestamp: packet.rtpTimestamp,
          ssrc: packet.ssrc,
        });
        void transport.sendRtp(Buffer.from(packet.payload), header).catch(() => {});
      },
      { ssrc: 0x00a6_0001, ...start },
    );
    return this.#talker;
  }

  async close(): Promise<void> {
    this.#talker?.stop();
    await this.#connection.close();
  }
}
