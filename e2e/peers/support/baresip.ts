import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toneLevelDbfs } from '../../../main/telephony/media/sound/tone-level.ts';
import { peerPath } from '../../../main/testing/peers.ts';
import { freePorts } from './sipp-carrier.ts';

const RATE = 8_000;
/** what its consoles send when a key comes up again */
const RELEASE = '\u0004';

export interface BaresipOptions {
  /** the number it answers to, E.164 */
  number: string;
  codec: 'PCMU' | 'PCMA';
  /** what its person says all the time */
  toneHz: number;
}

interface ControlMessage {
  event?: boolean;
  response?: boolean;
  ok?: boolean;
  type?: string;
  param?: string;
  data?: string;
  token?: string;
}

/** baresip as the debtor who answers: an implementation that is not ours, driven over its control port. */
export class Baresip {
  readonly port: number;
  readonly events: ControlMessage[] = [];
  readonly #directory: string;
  readonly #keyPort: number;
  readonly #child: ChildProcess;
  readonly #responses = new Map<string, (message: ControlMessage) => void>();
  #control: Socket | null = null;
  #nextToken = 1;
  output = '';

  private constructor(directory: string, port: number, keyPort: number) {
    this.#directory = directory;
    this.#keyPort = keyPort;
    this.port = port;
    this.#child = spawn(peerPath('baresip'), ['-f', directory, '-4'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, HOME: directory },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (bytes) => {
        this.output += String(bytes);
      });
  }

  static async start(options: BaresipOptions): Promise<Baresip> {
    const directory = mkdtempSync(join(tmpdir(), 'dialdesk-baresip-'));
    const port = await freePorts(1);
    const controlPort = await freePorts(1);
    const keyPort = await freePorts(1);
    writeFileSync(join(directory, 'tone.wav'), toneFile(options.toneHz));
    writeFileSync(join(directory, 'config'), configuration(directory, port, controlPort, keyPort));
    writeFileSync(
      join(directory, 'accounts'),
      `<sip:${options.number}@127.0.0.1:${port}>;regint=0;answermode=auto;audio_codecs=${options.codec}/8000/1\n`,
    );
    const baresip = new Baresip(directory, port, keyPort);
    await baresip.#ready();
    await baresip.#openControl(controlPort);
    return baresip;
  }

  /** One command of its menu, by its long name. */
  command(name: string, params = ''): Promise<ControlMessage> {
    const token = String(this.#nextToken++);
    const text = JSON.stringify({ command: name, params, token });
    return new Promise((resolve) => {
      this.#responses.set(token, resolve);
      this.#control?.write(`${Buffer.byteLength(text)}:${text},`);
    });
  }

  /** Presses one key in its call, as on its keyboard, for as long as a finger does. */
  press(key: string): void {
    const socket = createSocket('udp4');
    socket.send(key, this.#keyPort, '127.0.0.1');
    setTimeout(() => socket.send(RELEASE, this.#keyPort, '127.0.0.1', () => socket.close()), 160);
  }

  /** Keys that it has heard, in order. */
  get keys(): string {
    return this.events
      .filter(({ type, param }) => type === 'CALL_DTMF_START' && param !== undefined)
      .map(({ param }) => param)
      .join('');
  }

  saw(type: string): boolean {
    return this.events.some((event) => event.type === type);
  }

  /** Everything it has heard in the latest call, as 16-bit samples of 8 kHz. */
  heard(): number[] {
    const file = readdirSync(this.#directory)
      .filter((name) => name.startsWith('dump-') && name.endsWith('-dec.wav'))
      .sort()
      .at(-1);
    if (file === undefined) return [];
    const bytes = readFileSync(join(this.#directory, file)).subarray(44);
    return Array.from({ length: Math.floor(bytes.length / 2) }, (_, index) =>
      bytes.readInt16LE(index * 2),
    );
  }

  async stop(): Promise<void> {
    this.#control?.destroy();
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (this.output.includes('baresip is ready')) resolve();
      };
      this.#child.stdout?.on('data', look);
      this.#child.stderr?.on('data', look);
      this.#child.once('exit', () => reject(new Error(`baresip ended: ${this.output}`)));
    });
  }

  async #openControl(port: number): Promise<void> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    this.#control = socket;
    let buffered = '';
    socket.on('data', (bytes) => {
      buffered += String(bytes);
      for (;;) {
        const colon = buffered.indexOf(':');
        const length = Number(buffered.slice(0, colon));
        if (colon < 0 || buffered.length < colon + 1 + length + 1) return;
        this.#take(JSON.parse(buffered.slice(colon + 1, colon + 1 + length)) as ControlMessage);
        buffered = buffered.slice(colon + 2 + length);
      }
    });
  }

  #take(message: ControlMessage): void {
    if (message.event) this.events.push(message);
    else if (message.token !== undefined) this.#responses.get(message.token)?.(message);
  }
}

/** Of the windows of 100 ms in `samples`, the level of the loudest tone of this frequency, dBFS. */
export function bestTone(samples: readonly number[], frequencyHz: number): number {
  let best = -127;
  for (let at = 0; at + 800 <= samples.length; at += 800)
    best = Math.max(best, toneLevelDbfs(samples.slice(at, at + 800), frequencyHz));
  return best;
}

function configuration(
  directory: string,
  port: number,
  controlPort: number,
  keyPort: number,
): string {
  const modules = '/usr/lib/baresip/modules';
  return [
    'poll_method epoll',
    `sip_listen 127.0.0.1:${port}`,
    'call_local_timeout 120',
    'call_max_calls 4',
    // Nobody listens to the far end here: sndfile keeps what was decoded.
    'audio_player aubridge,none',
    `audio_source aufile,${directory}/tone.wav`,
    'audio_alert aubridge,none2',
    'ausrc_format s16',
    'auplay_format s16',
    'auenc_format s16',
    'audec_format s16',
    'audio_buffer 20-160',
    'jitter_buffer_delay 2-10',
    'net_interface 127.0.0.1',
    `module_path ${modules}`,
    ...['g711', 'aufile', 'aubridge', 'sndfile', 'uuid'].map((name) => `module ${name}.so`),
    'module_tmp account.so',
    'module_app menu.so',
    'module_app ctrl_tcp.so',
    'module_app cons.so',
    `cons_listen 127.0.0.1:${keyPort}`,
    `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
    `snd_path ${directory}`,
    '',
  ].join('\n');
}

/** Two minutes of one tone of -16 dBFS, 16-bit mono of 8 kHz. */
function toneFile(frequencyHz: number): Buffer {
  const samples = 120 * RATE;
  const bytes = Buffer.alloc(44 + samples * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples * 2, 40);
  const peak = 32_768 * 10 ** (-16 / 20) * Math.SQRT2;
  for (let index = 0; index < samples; index += 1)
    bytes.writeInt16LE(
      Math.round(peak * Math.sin((2 * Math.PI * frequencyHz * index) / RATE)),
      44 + index * 2,
    );
  return bytes;
}
