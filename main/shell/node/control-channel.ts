import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { writeFileAtomic } from '../../store/index.ts';

/** What a second start asks of the shell that runs already. */
export type ControlRequest = 'login-address' | 'open-window';

const place = z.object({ path: z.string(), secret: z.string() });
const request = z.object({ secret: z.string(), ask: z.enum(['login-address', 'open-window']) });
const reply = z.object({ answer: z.string().nullable() });

const FILE_NAME = 'shell-control.json';
const REPLY_MS = 6_000;
const LONGEST_REQUEST = 1_000;
/** The system's limit for the path of a local socket is 104 to 108 bytes. */
const LONGEST_SOCKET_PATH = 100;

/**
 * Listens for second starts: a local socket whose place and secret are in a file that its owner alone can read.
 * @param answer null when it cannot be done now
 * @returns ends it
 */
export async function openControlChannel(
  dataDir: string,
  answer: (ask: ControlRequest) => Promise<string | null>,
): Promise<() => void> {
  const { path, remove } = socketPlace(dataDir);
  const secret = randomBytes(24).toString('hex');
  const server = createServer((socket) => {
    socket.on('error', () => {});
    const lines = createInterface({ input: socket }).on('error', () => {});
    let read = 0;
    socket.on('data', (chunk) => {
      read += chunk.length;
      if (read > LONGEST_REQUEST) socket.destroy();
    });
    lines.once('line', async (line) => {
      const asked = parse(request, line);
      if (asked === null || asked.secret !== secret) return socket.destroy();
      const given = await answer(asked.ask).catch(() => null);
      socket.end(`${JSON.stringify({ answer: given })}\n`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  const file = join(dataDir, FILE_NAME);
  writeFileAtomic(file, `${JSON.stringify({ path, secret })}\n`);
  return () => {
    server.close();
    rmSync(file, { force: true });
    remove();
  };
}

/**
 * Asks the shell that runs on this data directory.
 * @returns undefined when none runs; null when it could not do it
 */
export function askRunningShell(
  dataDir: string,
  ask: ControlRequest,
): Promise<string | null | undefined> {
  const found = readPlace(dataDir);
  if (found === null) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const socket = connect(found.path);
    socket.setTimeout(REPLY_MS, () => socket.destroy());
    socket.on('error', () => resolve(undefined));
    socket.on('close', () => resolve(undefined));
    socket.on('connect', () => socket.write(`${JSON.stringify({ secret: found.secret, ask })}\n`));
    // the interface repeats the socket's errors, and one that nobody hears would end this start
    const lines = createInterface({ input: socket }).on('error', () => {});
    lines.once('line', (line) => {
      resolve(parse(reply, line)?.answer ?? null);
      socket.destroy();
    });
  });
}

function readPlace(dataDir: string): z.infer<typeof place> | null {
  try {
    return parse(place, readFileSync(join(dataDir, FILE_NAME), 'utf8'));
  } catch {
    // no shell has run here, or it ended in order
    return null;
  }
}

function parse<Value>(schema: z.ZodType<Value>, text: string): Value | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function socketPlace(dataDir: string): { path: string; remove(): void } {
  if (process.platform === 'win32') {
    const name = createHash('sha256').update(dataDir).update(randomBytes(16)).digest('hex');
    return { path: `\\\\.\\pipe\\dialdesk-${name.slice(0, 32)}`, remove: () => {} };
  }
  const beside = join(dataDir, 'shell.sock');
  if (Buffer.byteLength(beside) <= LONGEST_SOCKET_PATH) {
    // what a shell that was killed left behind; the store's lock says that it is gone
    rmSync(beside, { force: true });
    return { path: beside, remove: () => rmSync(beside, { force: true }) };
  }
  const folder = mkdtempSync(join(tmpdir(), 'dialdesk-'));
  return {
    path: join(folder, 'shell.sock'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
