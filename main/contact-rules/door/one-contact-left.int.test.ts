import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStore, type OpenStore, openStore, practiceKeyFile } from '../../store/index.ts';
import { contactWrites } from '../fixtures/one-contact-left.ts';
import type { Reservation } from './reservations.ts';

/** Waits at a gate with all the others, then asks; what comes back was asked from a thread of its own. */
const workerProgram = `
  const { parentPort, workerData } = require('node:worker_threads');
  const gate = new Int32Array(workerData);
  parentPort.postMessage('here');
  Atomics.wait(gate, 0, 0);
  parentPort.postMessage('ask');
`;
const workersAtOnce = 50;

let directory: string;
let store: OpenStore;
const workers: Worker[] = [];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-door-'));
  const dataDir = join(directory, 'data');
  const keyProvider = { kind: 'keyFile', path: practiceKeyFile(dataDir) } as const;
  await createStore({ dataDir, storeKind: 'practice', keyProvider });
  const writerEntry = new URL('../fixtures/contact-writer-entry.ts', import.meta.url);
  store = await openStore({ dataDir, keyProvider, writerEntry });
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

/** B10 of the reference. */
test('fifty workers ask at once for the one contact that is left: one yes, forty-nine no', async () => {
  const { debtorId } = await store.write(contactWrites, 'test.add-debtor', null);
  const reserve = () =>
    store.write(contactWrites, 'test.reserve', { debtorId }, { priority: 'call' });
  expect((await reserve()).allowed).toBe(true);

  const answers = await askFromWorkers(reserve);
  expect(answers.filter(({ allowed }) => allowed)).toHaveLength(1);
  expect(answers.filter(({ allowed }) => !allowed)).toHaveLength(workersAtOnce - 1);
  const attempts = "SELECT id FROM contactEvent WHERE kind = 'attempt' AND debtorId = ?";
  expect(store.read.all(attempts, debtorId)).toHaveLength(2);

  const { reservationId } = answers.find(({ allowed }) => allowed)!;
  const release = () =>
    store.write(contactWrites, 'test.release', { reservationId: reservationId! });
  // the start failed, and everybody who heard of it gives the reservation back
  const released = await Promise.all(Array.from({ length: workersAtOnce }, release));
  expect(released.filter(Boolean)).toHaveLength(1);
  const after = await askFromWorkers(reserve);
  expect(after.filter(({ allowed }) => allowed)).toHaveLength(1);
}, 120_000);

async function askFromWorkers(reserve: () => Promise<Reservation>): Promise<Reservation[]> {
  const gate = new SharedArrayBuffer(4);
  const asked: Promise<Reservation>[] = [];
  const here: Promise<void>[] = [];
  for (let index = 0; index < workersAtOnce; index++) {
    const worker = new Worker(workerProgram, { eval: true, workerData: gate });
    workers.push(worker);
    const arrived = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<Reservation>();
    here.push(arrived.promise);
    asked.push(answer.promise);
    worker.on('message', (message: 'here' | 'ask') => {
      if (message === 'here') arrived.resolve();
      else reserve().then(answer.resolve, answer.reject);
    });
    worker.on('error', answer.reject);
  }
  await Promise.all(here);
  Atomics.store(new Int32Array(gate), 0, 1);
  Atomics.notify(new Int32Array(gate), 0);
  return Promise.all(asked);
}
