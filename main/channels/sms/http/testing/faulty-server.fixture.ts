import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a provider does with one request. */
export type Fault =
  /** the connection ends before anything of it was read */
  | { kind: 'dropBeforeBody' }
  /** everything was read, then the connection ends */
  | { kind: 'dropAfterBody' }
  | { kind: 'neverAnswers' }
  /** half of the answer, then the connection ends */
  | { kind: 'breaksOff' }
  | {
      kind: 'answers';
      status: number;
      body: string | Buffer;
      headers?: Record<string, string>;
    };

export interface FaultyServer {
  url: string;
  /** what is done with every request from now on */
  set(fault: Fault): void;
  /** bodies that were read whole */
  read: string[];
  stop(): Promise<void>;
}

/** A server that fails as told. */
export async function faultyServer(): Promise<FaultyServer> {
  let fault: Fault = { kind: 'neverAnswers' };
  const read: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    if (fault.kind === 'dropBeforeBody') return request.socket.destroy();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      read.push(Buffer.concat(chunks).toString());
      act(fault, request, response);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(next) {
      fault = next;
    },
    read,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function act(fault: Fault, request: IncomingMessage, response: ServerResponse): void {
  switch (fault.kind) {
    case 'dropBeforeBody':
    case 'dropAfterBody':
      request.socket.destroy();
      return;
    case 'neverAnswers':
      return;
    case 'breaksOff':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"messages":[', () => request.socket.destroy());
      return;
    case 'answers':
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
      response.end(fault.body);
  }
}
