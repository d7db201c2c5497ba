import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { fileURLToPath } from 'node:url';

/** One run of SIPp on loopback, on a port of its own, ended by its own process id. */
export interface SippRun {
  port: number;
  /** resolves with the exit code: 0 when every call went as the scenario says */
  exit: Promise<number | null>;
  /** what it said, for the message of a failing test */
  output(): string;
  stop(): void;
}

export interface SippOptions {
  /** file in `main/telephony/sip/fixtures` */
  scenario: string;
  calls?: number;
  /** a caller: where to; absent: it answers */
  target?: { host: string; port: number; service: string };
}

/** Starts SIPp and, when it answers, waits until its port is taken. */
export async function startSipp(options: SippOptions): Promise<SippRun> {
  const port = await freePort();
  const scenario = fileURLToPath(
    new URL(`../telephony/sip/fixtures/${options.scenario}`, import.meta.url),
  );
  const { target } = options;
  const args = [
    ...(target ? [`${target.host}:${target.port}`, '-s', target.service] : []),
    ...['-sf', scenario, '-i', '127.0.0.1', '-p', String(port), '-m', String(options.calls ?? 1)],
    ...[
      '-nostdin',
      '-timeout',
      '40',
      '-timeout_error',
      '-recv_timeout',
      '20000',
      '-default_behaviors',
      'all',
    ],
  ];
  const child = spawn('sipp', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (bytes) => (output += String(bytes)));
  child.stderr.on('data', (bytes) => (output += String(bytes)));
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code));
  });
  if (!target) await portTaken(port, child);
  return { port, exit, output: () => output, stop: () => void child.kill('SIGKILL') };
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

/** Until binding the port fails: SIPp says nothing when it is ready. */
async function portTaken(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt += 1) {
    if (await isTaken(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('SIPp did not take its port');
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(true));
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(false)));
  });
}
