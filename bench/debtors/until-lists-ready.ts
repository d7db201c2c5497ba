import { setTimeout as wait } from 'node:timers/promises';
import type { EngineClient } from './engine-client.ts';

const ASK_EVERY_MS = 50;
const LIMIT_MS = 300_000;

/** Waits until lists are answered with everything in them: their index is built anew when the engine starts. */
export async function untilListsReady(client: EngineClient): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  while (performance.now() < deadline) {
    if (await isReady(client)) return;
    await wait(ASK_EVERY_MS);
  }
  throw new Error('the index of debtors is not ready in time');
}

async function isReady(client: EngineClient): Promise<boolean> {
  try {
    return (await client.send('list.count', { filter: {} })).upToDate;
  } catch (error) {
    if (String(error).includes('list.not-ready')) return false;
    throw error;
  }
}
