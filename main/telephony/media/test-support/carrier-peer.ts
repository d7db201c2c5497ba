import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { parseRtp, writeRtp } from '../rtp/rtp-packet.ts';
import { HeardAudio } from './heard-audio.ts';
import { systemClock } from './system-clock.ts';
import { Talker } from './talking.ts';

/** A carrier's media gateway on loopback: hears, talks, and can send any bytes. */
export class CarrierPeer {
  readonly heard = new HeardAudio();
  readonly socket: Socket;
  #talker: Talker | null = null;
  #remotePort = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('message', (bytes) => {
      const packet = parseRtp(bytes);
      if (packet) this.heard.add(packet, systemClock.monotonic());
    });
  }

  static async open(): Promise<CarrierPeer> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new CarrierPeer(socket);
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** Starts sending to a leg's port. */
  talkTo(remotePort: number, payloadType = 0): Talker {
    this.#remotePort = remotePort;
    this.#talker = new Talker((packet) => this.sendBytes(writeRtp(packet)), {
      ssrc: 0x00ca_0001,
      payloadType,
    });
    return this.#talker;
  }

  sendBytes(bytes: Uint8Array): void {
    this.socket.send(bytes, this.#remotePort, '127.0.0.1');
  }

  close(): void {
    this.#talker?.stop();
    this.socket.close();
  }
}
