import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { peerPath } from '../../../main/testing/peers.ts';

const scenario = fileURLToPath(new URL('carrier.xml', import.meta.url));

/** SIPp as a carrier whose debtors send their audio back. Ended by its own process id. */
export class SippCarrier {
  readonly port: number;
  readonly mediaPort: number;
  readonly #child: ChildProcess;
  output = '';

  private constructor(child: ChildProcess, port: number, mediaPort: number) {
    this.#child = child;
    this.port = port;
    this.mediaPort = mediaPort;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes) => {
        this.output += String(bytes);
      });
  }

  /** @param port to come back on, after it vanished */
  static async start(codec: 'PCMU' | 'PCMA', port?: number): Promise<SippCarrier> {
    const sipPort = port ?? (await freePorts(1));
    // SIPp echoes on two ports: of the audio, and two above it.
    const mediaPort = await freePorts(4);
    const child = spawn(
      peerPath('sipp'),
      [
        ...['-sf', scenario, '-i', '127.0.0.1', '-p', String(sipPort)],
        ...['-mi', '127.0.0.1', '-mp', String(mediaPort), '-rtp_echo'],
        ...['-key', 'codec', codec, '-key', 'payload', codec === 'PCMU' ? '0' : '8'],
        ...['-nostdin', '-default_behaviors', 'all,-abortunexp'],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const carrier = new SippCarrier(child, sipPort, mediaPort);
    await carrier.#listening();
    return carrier;
  }

  /** Without a word, as a machine whose power fails. */
  async vanish(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async #listening(): Promise<void> {
    for (let tries = 0; tries < 200 && this.#child.exitCode === null; tries += 1) {
      if (await isTaken(this.port)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`SIPp did not take its port: ${this.output}`);
  }
}

/** The first of `count` ports in a row that are free. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = await bound(0);
    const { port } = first.address();
    const others = await Promise.all(
      Array.from({ length: count - 1 }, (_, index) => bound(port + 1 + index).catch(() => null)),
    );
    for (const socket of [first, ...others]) if (socket) await closed(socket);
    if (!others.includes(null)) return port;
  }
}

async function isTaken(port: number): Promise<boolean> {
  const socket = await bound(port).catch(() => null);
  if (socket === null) return true;
  await closed(socket);
  return false;
}

function bound(port: number): Promise<Socket> {
  const socket = createSocket('udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, '127.0.0.1', () => resolve(socket));
  });
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}
