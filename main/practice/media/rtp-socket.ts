import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Clock, Random } from '#shared/util/index.ts';
import type { Impairment } from '../scenario/index.ts';
import { passThrough } from '../wire/impaired-socket.ts';
import { malformedRtp } from '../wire/malformed.ts';

export interface RtpNetwork {
  bindHost: string;
  impairment: Impairment;
  malformedPercent: number;
  clock: Clock;
  random: Random;
}

interface Address {
  host: string;
  port: number;
}

/** The UDP socket of one call, with the bad network of the scenario on both of its ways. */
export class RtpSocket {
  readonly host: string;
  readonly port: number;
  onPacket: ((packet: Uint8Array, from: Address) => void) | null = null;
  readonly #socket: Socket;
  readonly #network: RtpNetwork;
  #remote: Address | null = null;
  #isClosed = false;

  static async open(network: RtpNetwork): Promise<RtpSocket> {
    const socket = createSocket(network.bindHost.includes(':') ? 'udp6' : 'udp4');
    socket.bind(0, network.bindHost);
    await once(socket, 'listening');
    return new RtpSocket(socket, network);
  }

  private constructor(socket: Socket, network: RtpNetwork) {
    this.#socket = socket;
    this.#network = network;
    this.host = socket.address().address;
    this.port = socket.address().port;
    // ICMP "port unreachable" of an engine that was killed: the packet is lost, as on any network.
    socket.on('error', () => {});
    socket.on('message', (packet, from) => this.#receive(packet, from.address, from.port));
  }

  setRemote(remote: Address): void {
    this.#remote = remote;
  }

  send(packet: Uint8Array): void {
    const { impairment, random, clock, malformedPercent } = this.#network;
    passThrough(impairment, random, clock, () => this.#write(packet));
    if (random.next() * 100 < malformedPercent) this.#write(malformedRtp(random));
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.close();
  }

  #write(packet: Uint8Array): void {
    if (this.#isClosed || this.#remote === null) return;
    this.#socket.send(packet, this.#remote.port, this.#remote.host, () => {});
  }

  #receive(packet: Uint8Array, host: string, port: number): void {
    const { impairment, random, clock } = this.#network;
    passThrough(impairment, random, clock, () => {
      if (!this.#isClosed) this.onPacket?.(packet, { host, port });
    });
  }
}
