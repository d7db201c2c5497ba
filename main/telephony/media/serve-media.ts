import { AppError } from '#shared/errors/index.ts';
import type { Clock, Random } from '#shared/util/index.ts';
import type { ParentPort } from '../../shell/ports.ts';
import type { MakeAgentTransport } from './agent/agent-transport.ts';
import { startFrameClock } from './frame-clock.ts';
import type { MediaProcessMessage, MediaRequestMessage } from './media-protocol.ts';
import { type CreateRecording, MediaServer } from './media-server.ts';

/**
 * Runs the media process on a channel: answers each request once, in any order, and tells events.
 * @returns stops the clock and closes everything
 */
export function serveMedia(options: {
  parent: ParentPort;
  clock: Clock;
  random: Random;
  makeTransport: MakeAgentTransport;
  createRecording: CreateRecording;
}): () => Promise<void> {
  const { parent, clock } = options;
  const send = (message: MediaProcessMessage): void => parent.send(message);
  const server = new MediaServer({ ...options, emit: (event) => send({ kind: 'event', event }) });
  parent.onMessage((message) => {
    if (isRequest(message)) void answer(server, message, send);
  });
  const stopClock = startFrameClock(clock, (frameMs, skipped) =>
    server.switch.frame(frameMs, skipped),
  );
  send({ kind: 'ready', pid: process.pid });
  return async () => {
    stopClock();
    await server.close();
  };
}

async function answer(
  server: MediaServer,
  request: MediaRequestMessage,
  send: (message: MediaProcessMessage) => void,
): Promise<void> {
  const { requestId } = request;
  try {
    send({ kind: 'reply', requestId, ok: true, value: await server.handle(request) });
  } catch (error) {
    // a bug must not take the other calls down with it: it is reported like any failure
    const code = error instanceof AppError ? error.code : 'internal';
    const message = error instanceof Error ? error.message : String(error);
    send({ kind: 'reply', requestId, ok: false, code, message });
  }
}

function isRequest(message: unknown): message is MediaRequestMessage {
  return (
    typeof message === 'object' &&
    message !== null &&
    'kind' in message &&
    message.kind === 'request'
  );
}
