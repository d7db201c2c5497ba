import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { dial } from '../dial.ts';
import type { MailPeer } from '../security.ts';
import { connectionCode, oneLine } from '../smtp/smtp-answer.ts';
import type { StepFault } from './trial-steps.ts';

/** Whether the name has an address. */
export async function tryResolve(peer: MailPeer): Promise<StepFault | null> {
  const host = peer.host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) !== 0) return null;
  try {
    await lookup(host);
    return null;
  } catch (error) {
    return { code: 'gateway.host-unknown', detail: faultText(error) };
  }
}

/** Whether anybody listens there. */
export async function tryConnect(peer: MailPeer, timeoutMs: number): Promise<StepFault | null> {
  try {
    const socket = await dial(peer.host, peer.port, timeoutMs);
    socket.destroy();
    return null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return {
      code: connectionCode({ code: code ?? null, message, reply: null }),
      detail: oneLine(message),
    };
  }
}

function faultText(error: unknown): string | null {
  return error instanceof Error ? oneLine(error.message) : null;
}
