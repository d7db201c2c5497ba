import { fork, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cpuMs, residentMb } from './process-usage.ts';

const ECHO = fileURLToPath(new URL('./udp-echo.ts', import.meta.url));
const TIMER_LOOP =
  'let next = performance.now(); const turn = () => { next += 20; setTimeout(turn, Math.max(0, next - performance.now())); }; turn()';

/** What it takes this disk to make 4 kB durable, ms, each of `count` times. */
export function diskFlushes(directory: string, count: number): number[] {
  const file = join(directory, 'flush.tmp');
  const descriptor = openSync(file, 'w');
  const page = Buffer.alloc(4096, 1);
  try {
    return Array.from({ length: count }, () => {
      const startedMs = performance.now();
      writeSync(descriptor, page);
      fdatasyncSync(descriptor);
      return performance.now() - startedMs;
    });
  } finally {
    closeSync(descriptor);
    rmSync(file);
  }
}

/** A datagram to another process on loopback and back, ms, each of `count` times: what any SIP or RTP must take. */
export async function udpRoundTrips(count: number): Promise<number[]> {
  const child = fork(ECHO, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const [port] = (await once(child, 'message')) as [number];
  const socket = createSocket('udp4');
  const datagram = Buffer.alloc(500, 1);
  const trips: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedMs = performance.now();
    socket.send(datagram, port, '127.0.0.1');
    await once(socket, 'message');
    trips.push(performance.now() - startedMs);
  }
  socket.close();
  child.kill();
  return trips;
}

/** A Node program that wakes every 20 ms and does nothing. */
export function startTimerLoop(): { cpuMs(): number; residentMb(): number; stop(): void } {
  const child = spawn(process.execPath, ['-e', TIMER_LOOP], { stdio: 'ignore' });
  const pid = child.pid ?? 0;
  return {
    cpuMs: () => cpuMs(pid),
    residentMb: () => residentMb(pid),
    stop: () => void child.kill('SIGKILL'),
  };
}

/** From starting a program to its first line of output, ms. */
export async function untilFirstLine(args: readonly string[]): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(([code]) => Promise.reject(new Error(`${args.join(' ')} ended with ${code}`))),
  ]);
  const tookMs = performance.now() - startedMs;
  child.kill('SIGTERM');
  await ended;
  return tookMs;
}
