import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { Check } from '../run-checks.ts';
import { codeOf } from '../run-checks.ts';

const LOOPBACK = '127.0.0.1';

/** A window listens on loopback, SIP and RTP take UDP ports: something on the machine may forbid either. */
export function portsCheck(): Check {
  return {
    id: 'ports',
    async look() {
      const refused = (await tryPort('tcp', listenOnce)) ?? (await tryPort('udp', bindOnce));
      return refused ?? { ok: 'yes', finding: 'doctor.ports.free' };
    },
  };
}

async function tryPort(protocol: 'tcp' | 'udp', open: () => Promise<void>) {
  try {
    await open();
    return null;
  } catch (error) {
    const details = { protocol, code: codeOf(error) };
    return { ok: 'no', finding: 'doctor.ports.refused', details } as const;
  }
}

function listenOnce(): Promise<void> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => server.close(() => resolve()));
  });
}

function bindOnce(): Promise<void> {
  const socket = createSocket('udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, LOOPBACK, () => socket.close(() => resolve()));
  });
}
