import { createSocket } from 'node:dgram';
import type { DatagramSource } from './datagram-port.ts';

/**
 * The address of this machine that a peer would see without a NAT, when the socket is bound to all of them. Connecting a
 * UDP socket sends nothing; the system only chooses the route.
 */
export function localAddressTowards(peer: DatagramSource): Promise<string> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const done = (address: string): void => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => done('127.0.0.1'));
    socket.connect(peer.port, peer.host, () => done(socket.address().address));
  });
}
