import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What a server does when a step comes: a reply, or a fault. */
export type Scripted = string | 'drop' | 'silence';

export interface SmtpScript {
  greeting?: Scripted;
  /** lines of EHLO behind the name */
  extensions?: readonly string[];
  auth?: Scripted;
  mail?: Scripted;
  rcpt?: Scripted;
  data?: Scripted;
  dot?: Scripted;
  /** after how many messages it closes without a word */
  closeAfter?: number;
}

export interface ScriptedSmtp {
  port: number;
  connections: number;
  commands: string[];
  messages: string[];
  stop(): Promise<void>;
}

/** A submission server that goes wrong exactly where it is told to. */
export async function scriptedSmtp(script: SmtpScript): Promise<ScriptedSmtp> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    state.connections += 1;
    socket.on('error', () => undefined);
    talk(socket, script, state);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const state: ScriptedSmtp = {
    port: (server.address() as AddressInfo).port,
    connections: 0,
    commands: [],
    messages: [],
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return state;
}

function talk(socket: Socket, script: SmtpScript, state: ScriptedSmtp): void {
  let input = '';
  let inData = false;
  const act = (step: Scripted) => {
    if (step === 'drop') socket.destroy();
    else if (step !== 'silence') socket.write(`${step}\r\n`);
  };
  act(script.greeting ?? '220 ready');
  socket.on('data', (bytes) => {
    input += bytes.toString('latin1');
    for (;;) {
      const end = inData ? input.indexOf('\r\n.\r\n') : input.indexOf('\r\n');
      if (end < 0) return;
      const line = input.slice(0, end);
      input = input.slice(end + (inData ? 5 : 2));
      if (inData) {
        inData = false;
        state.messages.push(line);
        act(script.dot ?? '250 2.0.0 taken');
        if (state.messages.length === script.closeAfter) socket.end();
        continue;
      }
      state.commands.push(line);
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO')
        act(
          [
            '250-scripted',
            ...(script.extensions ?? []).map((name) => `250-${name}`),
            '250 HELP',
          ].join('\r\n'),
        );
      else if (verb === 'AUTH') act(script.auth ?? '235 2.7.0 welcome');
      else if (verb === 'MAIL') act(script.mail ?? '250 ok');
      else if (verb === 'RCPT') act(script.rcpt ?? '250 ok');
      else if (verb === 'DATA') {
        const step = script.data ?? '354 go on';
        inData = step.startsWith('3');
        act(step);
      } else if (verb === 'STAR') act('502 5.5.1 not known');
      else if (verb === 'QUIT') socket.end('221 bye\r\n');
      else act('250 ok');
    }
  });
}
