import { Socket } from 'node:dgram';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread, Worker } from 'node:worker_threads';

/**
 * Loaded into an engine before its own code (`NODE_OPTIONS=--import`): ends the process with SIGKILL at one exact
 * point, named by `DIALDESK_KILL_POINT` as `WHAT:N`, the N-th time that WHAT happens. Nothing in the product knows of it.
 *
 *   out:METHOD     a SIP request is about to leave: its rows are durable, the far end has not seen it
 *   in:STATUS      an answer to an INVITE has arrived and nobody has looked at it
 *   in:METHOD      a SIP request has arrived and nobody has looked at it
 *   reserved       the reservation of an attempt is durable and nobody knows of it
 *   commit         a write is durable and its effect has not begun
 *   write          a write was asked for and may or may not become durable
 *   file           a file is about to be made, written, flushed, renamed or removed
 */
const [what = '', count = '1'] = splitLast(process.env.DIALDESK_KILL_POINT ?? '');
let left = Number(count);

const FILE_FUNCTIONS = [
  'openSync',
  'writeSync',
  'fsyncSync',
  'closeSync',
  'renameSync',
  'rmSync',
  'chmodSync',
  'mkdirSync',
];

if (isMainThread && what !== '') install();

function install(): void {
  const { send } = Socket.prototype;
  Socket.prototype.send = function (this: Socket, ...args: unknown[]) {
    if (what.startsWith('out:') && asText(args[0]).startsWith(`${what.slice(4)} `)) reached();
    return Reflect.apply(send, this, args) as unknown;
  } as typeof send;
  interceptEmit(Socket.prototype, (message) => {
    if (what.startsWith('in:') && isAnswerOrRequest(asText(message), what.slice(3))) reached();
  });
  const reserving = new Set<number>();
  interceptEmit(Worker.prototype, (message) => {
    const { type, replies = [] } = message as { type?: string; replies?: { id: number }[] };
    if (what === 'commit' && type === 'replies') reached();
    if (what === 'reserved' && replies.some(({ id }) => reserving.delete(id))) reached();
  });
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (this: Worker, ...args: unknown[]) {
    const { type, request } = args[0] as { type?: string; request?: { id: number; name: string } };
    if (request?.name === 'attempt.reserve') reserving.add(request.id);
    Reflect.apply(post, this, args);
    if (what === 'write' && type === 'write') reached();
  } as typeof post;
  if (what === 'file') interceptFiles();
}

/** Only files below `DIALDESK_KILL_WITHIN` count: Node itself reads its modules through the same functions. */
function interceptFiles(): void {
  const within = process.env.DIALDESK_KILL_WITHIN ?? '';
  const descriptors = new Set<unknown>();
  const isOurs = (target: unknown) =>
    typeof target === 'string' ? target.startsWith(within) : descriptors.has(target);
  const functions = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const name of FILE_FUNCTIONS) {
    const original = functions[name];
    if (original === undefined) throw new Error(`node:fs has no ${name}`);
    functions[name] = (...args) => {
      const counts = isOurs(args[0]);
      if (counts) reached();
      const result = original(...args);
      if (counts && name === 'openSync') descriptors.add(result);
      if (counts && name === 'closeSync') descriptors.delete(args[0]);
      return result;
    };
  }
  syncBuiltinESMExports();
}

/** Looks at every `message` before its listeners do. */
function interceptEmit(
  prototype: { emit(...args: never[]): boolean },
  look: (message: unknown) => void,
): void {
  const { emit } = prototype;
  prototype.emit = function (this: unknown, ...args: unknown[]) {
    if (args[0] === 'message') look(args[1]);
    return Reflect.apply(emit, this, args) as boolean;
  } as typeof emit;
}

function isAnswerOrRequest(text: string, wanted: string): boolean {
  if (/^\d{3}$/.test(wanted))
    return text.startsWith(`SIP/2.0 ${wanted}`) && /^CSeq: *\d+ INVITE\r?$/im.test(text);
  return text.startsWith(`${wanted} `);
}

function reached(): void {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

function asText(bytes: unknown): string {
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('latin1') : String(bytes);
}

function splitLast(text: string): [string?, string?] {
  const at = text.lastIndexOf(':');
  return at < 0 ? [] : [text.slice(0, at), text.slice(at + 1)];
}
