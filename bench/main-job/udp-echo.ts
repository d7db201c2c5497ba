import { createSocket } from 'node:dgram';

/** Sends every datagram back; tells its parent the port. */
const socket = createSocket('udp4');
socket.on('message', (bytes, from) => socket.send(bytes, from.port, from.address));
socket.bind(0, '127.0.0.1', () => process.send?.(socket.address().port));
process.on('disconnect', () => process.exit());
