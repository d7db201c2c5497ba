import {
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from 'node:worker_threads';
import { invariant } from '#shared/errors/index.ts';
import { createIdSource } from '../ids.ts';
import { systemClock, systemRandom } from '../system-clock.ts';
import type { WriteMap } from '../types.ts';
import { toWriteError } from './batch-runner.ts';
import { createCheckpointHelper } from './checkpoint-helper.ts';
import { openConnection } from './open-connection.ts';
import { createWriter, type Writer } from './writer.ts';
import type { FromWriter, ToWriter, WriterThreadData } from './writer-messages.ts';

/** The writer thread: call it once, in the entry file of the worker, with the writes of all areas. */
export function runWriterThread(writes: WriteMap): void {
  invariant(parentPort, 'runs in a worker thread only');
  const port = parentPort;
  const post = (message: FromWriter) => port.postMessage(message);
  try {
    const writer = startWriter(port, writes, post);
    post({ type: 'ready' });
    port.on('message', (message: ToWriter) => handle(message, writer, post, port));
  } catch (error) {
    post({ type: 'failed', error: toWriteError(error) });
  }
}

function startWriter(
  port: MessagePort,
  writes: WriteMap,
  post: (message: FromWriter) => void,
): Writer {
  const { file, keyHex } = workerData as WriterThreadData;
  const writer: Writer = createWriter({
    database: openConnection({ file, keyHex, role: 'writer' }),
    writes,
    clock: systemClock,
    ids: createIdSource(systemClock, systemRandom),
    reply: (replies) => post({ type: 'replies', replies }),
    checkpointHelper: createCheckpointHelper({ file, keyHex }),
    defer: setImmediate,
    // a call that arrived while the last group was written must not wait behind the next chunk
    drainMailbox(add) {
      for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
        const message = next.message as ToWriter;
        if (message.type === 'write') add(message.request);
        else {
          setImmediate(() => handle(message, writer, post, port));
          return;
        }
      }
    },
  });
  return writer;
}

function handle(
  message: ToWriter,
  writer: Writer,
  post: (message: FromWriter) => void,
  port: MessagePort,
): void {
  if (message.type === 'write') {
    writer.add(message.request);
    return;
  }
  const close = () => {
    writer.close();
    post({ type: 'closed' });
    port.close();
  };
  // an error of the helper is no reason to stay open
  writer.stopHelper().then(close, close);
}
