import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { SipSocket } from '../../telephony/sip/index.ts';

/** Binds a UDP socket; rejects with the system's error when the address cannot be had. */
export async function openUdpSocket(host: string, port: number): Promise<SipSocket> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.bind(port, host);
  await once(socket, 'listening');
  // An unreachable peer (ICMP) shows as an error on the socket; a datagram may always be lost.
  socket.on('error', () => {});
  let closed = false;
  const opened: SipSocket = {
    localHost: socket.address().address,
    localPort: socket.address().port,
    onPacket: null,
    send(packet, toHost, toPort) {
      if (!closed) socket.send(packet, toPort, toHost, () => {});
    },
    async close() {
      if (closed) return;
      closed = true;
      await new Promise<void>((resolve) => socket.close(() => resolve()));
    },
  };
  socket.on('message', (packet, from) => {
    opened.onPacket?.(packet, { host: from.address, port: from.port });
  });
  return opened;
}
