import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Invitation,
  Registerer,
  RegistererState,
  type SessionDescriptionHandler,
  SessionState,
  UserAgent,
} from 'sip.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { ANSWER_SDP, globalClock, OFFER_SDP, RecordingLogger } from '../../../testing/sip-bench.ts';
import { createRegistrar } from './registrar.ts';
import type { Registrar, SoftphoneGrant } from './types.ts';

/** The library of the page itself, over real WebSockets: what it sends is what the registrar must understand. */

const GRANT: SoftphoneGrant = {
  personId: 'p1',
  user: 'anna',
  addressOfRecord: 'sip:anna@dialdesk.invalid',
  realm: 'dialdesk.invalid',
  secret: 's3cret',
};

let registrar: Registrar;
let http: Server;
let sockets: WebSocketServer;
let url: string;
let agent: UserAgent | null;
let invitation: Invitation | null;

beforeEach(async () => {
  registrar = createRegistrar({
    clock: globalClock,
    logger: new RecordingLogger(),
    userAgent: 'engine',
  });
  http = createServer();
  sockets = new WebSocketServer({ server: http, handleProtocols: () => 'sip' });
  sockets.on('connection', (socket) => registrar.acceptSocket(socket, GRANT));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/sip`;
  agent = null;
  invitation = null;
});

afterEach(async () => {
  await agent?.stop();
  await registrar.close();
  sockets.close();
  await new Promise<void>((resolve) => {
    http.close(() => resolve());
    http.closeAllConnections();
  });
});

/** Stands in for WebRTC: the SDP is only carried. */
function carriedSdp(): SessionDescriptionHandler {
  return {
    close: () => {},
    getDescription: async () => ({ body: ANSWER_SDP, contentType: 'application/sdp' }),
    hasDescription: (contentType: string) => contentType === 'application/sdp',
    sendDtmf: () => false,
    setDescription: async () => {},
    holdModifier: async (description: never) => description,
    rollbackDescription: async () => {},
  } as unknown as SessionDescriptionHandler;
}

async function page(secret = GRANT.secret): Promise<{ registerer: Registerer; refused: number[] }> {
  agent = new UserAgent({
    uri: UserAgent.makeURI(GRANT.addressOfRecord)!,
    authorizationUsername: GRANT.user,
    authorizationPassword: secret,
    transportOptions: { server: url, keepAliveInterval: 0 },
    sessionDescriptionHandlerFactory: carriedSdp,
    logBuiltinEnabled: false,
    gracefulShutdown: false,
    delegate: {
      onInvite: (incoming) => {
        invitation = incoming;
        if (incoming.request.getHeader('X-Dialdesk-Line')) void incoming.accept();
      },
    },
  });
  await agent.start();
  const registerer = new Registerer(agent, { expires: 600 });
  const refused: number[] = [];
  await new Promise<void>((resolve) => {
    registerer.stateChange.addListener((state) => {
      if (state === RegistererState.Registered) resolve();
    });
    void registerer.register({
      requestDelegate: {
        onReject: ({ message }) => {
          refused.push(message.statusCode ?? 0);
          resolve();
        },
      },
    });
  });
  return { registerer, refused };
}

interface OpenLine {
  answered: Promise<string>;
  ended: Promise<void>;
  hangUp(): Promise<void>;
}

function openLine(): OpenLine {
  let onEnded = (): void => {};
  const ended = new Promise<void>((resolve) => {
    onEnded = resolve;
  });
  let hangUp = async (): Promise<void> => {};
  const answered = new Promise<string>((resolve, reject) => {
    const call = registrar.inviteLine('p1', {
      offerSdp: OFFER_SDP,
      nonce: 'n1',
      beforeSend: async () => {},
      onAnswered: resolve,
      onFailed: (status) => reject(new Error(String(status))),
      onEnded,
    });
    hangUp = () => call.hangUp();
  });
  return { answered, ended, hangUp };
}

it('registers, answers its line by the nonce, and is hung up on', async () => {
  await page();
  expect(registrar.registered('p1')).toBe(true);
  const line = openLine();
  expect(await line.answered).toBe(ANSWER_SDP);
  expect(invitation?.request.getHeader('X-Dialdesk-Line')).toBe('n1');
  await line.hangUp();
  await line.ended;
  expect(invitation?.state).toBe(SessionState.Terminated);
});

it('hangs up its line itself', async () => {
  await page();
  const line = openLine();
  await line.answered;
  await until(() => invitation?.state === SessionState.Established);
  await invitation?.bye();
  await line.ended;
});

it('is refused with a wrong secret', async () => {
  const { refused } = await page('guess');
  expect(refused).toEqual([403]);
  expect(registrar.registered('p1')).toBe(false);
});

it('keeps its line over a dropped socket', async () => {
  const { registerer } = await page();
  const line = openLine();
  await line.answered;
  await until(() => invitation?.state === SessionState.Established);
  for (const socket of sockets.clients) socket.terminate();
  await until(() => !agent!.isConnected());
  await agent!.reconnect();
  await registerer.register();
  await until(() => registrar.counters.recovered === 1);
  expect(invitation?.state).toBe(SessionState.Established);
  await invitation?.bye();
  await line.ended;
});

/** sip.js has no event for these moments; waits for the fact, with the test's own time limit. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
