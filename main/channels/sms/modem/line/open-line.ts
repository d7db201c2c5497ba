import { connect, type Socket } from 'node:net';
import type { SerialPort } from 'serialport';
import { AppError } from '#shared/errors/index.ts';
import type { ByteLine, ByteLineEvents, LineAddress, OpenLine } from './byte-line.ts';

const CONNECT_MS = 10_000;

/** Opens what the settings of a modem name. */
export const openLine: OpenLine = (address, events) =>
  address.port.startsWith('tcp:') ? openTcp(address, events) : openSerial(address, events);

/** Ends once, whatever the stream says and how often. */
function onceEnded({ onEnd }: ByteLineEvents) {
  let ended = false;
  return {
    end(reason: string) {
      if (!ended) onEnd(reason);
      ended = true;
    },
    silence() {
      ended = true;
    },
  };
}

function openTcp({ port: text }: LineAddress, events: ByteLineEvents): Promise<ByteLine> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.hostname === '' || url.port === '') {
    throw new AppError('gateway.bad-address', 'not tcp://host:port');
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(url.port), noDelay: true, keepAlive: true });
    const timer = setTimeout(() => socket.destroy(new Error('no answer')), CONNECT_MS);
    socket.once('error', (error) => reject(noPort(error)));
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(tcpLine(socket, events));
    });
    socket.once('close', () => clearTimeout(timer));
  });
}

function tcpLine(socket: Socket, events: ByteLineEvents): ByteLine {
  const ended = onceEnded(events);
  socket.on('data', (bytes) => events.onData(bytes));
  socket.on('error', (error) => ended.end(error.message));
  socket.on('close', () => ended.end('closed'));
  return {
    write: (bytes) => void socket.write(bytes),
    close: () => {
      ended.silence();
      return new Promise((resolve) => {
        if (socket.destroyed) resolve();
        socket.once('close', () => resolve());
        socket.destroy();
      });
    },
  };
}

/** Its binary is loaded by those who have a modem alone. */
async function openSerial(
  { port: path, baudRate }: LineAddress,
  events: ByteLineEvents,
): Promise<ByteLine> {
  const { SerialPort } = await import('serialport');
  return new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate, autoOpen: false });
    port.open((error) => {
      if (error) reject(serialFailure(error));
      else resolve(serialLine(port, events));
    });
  });
}

function serialLine(port: SerialPort, events: ByteLineEvents): ByteLine {
  const ended = onceEnded(events);
  port.on('data', (bytes: Buffer) => events.onData(bytes));
  port.on('error', (error) => ended.end(error.message));
  port.on('close', () => ended.end('closed'));
  return {
    write: (bytes) => void port.write(Buffer.from(bytes)),
    close: () => {
      ended.silence();
      if (!port.isOpen) return Promise.resolve();
      return new Promise((resolve) => port.close(() => resolve()));
    },
  };
}

/** The systems' own words, as the library passes them on. */
function serialFailure(error: Error): AppError {
  const { message } = error;
  if (/lock|busy|in use|Access denied/i.test(message)) {
    return new AppError('gateway.modem-port-busy', 'another program uses this port', {
      cause: error,
    });
  }
  if (/permission|EACCES/i.test(message)) {
    return new AppError('gateway.modem-port-denied', 'this port may not be opened', {
      cause: error,
    });
  }
  return noPort(error);
}

function noPort(error: Error): AppError {
  return new AppError('gateway.modem-no-port', 'the port cannot be opened', { cause: error });
}
