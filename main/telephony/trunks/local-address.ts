import { createSocket } from 'node:dgram';

/**
 * The address of this machine that the system would send from to reach a host. Nothing is sent: a connected UDP
 * socket only asks the routing table.
 * @throws the system's error (`ENOTFOUND`, `ENETUNREACH`) when there is no way to the host
 */
export function localAddressTowards(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.connect(port, host, () => {
      const { address } = socket.address();
      socket.close();
      resolve(address);
    });
  });
}
