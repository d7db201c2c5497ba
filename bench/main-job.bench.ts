import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { AgentPage } from '../e2e/support/agent-page.ts';
import { TestBrowser } from '../e2e/support/browser.ts';
import { preparePracticeStore } from '../e2e/support/practice-store.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { diskFlushes, startTimerLoop, udpRoundTrips } from './main-job/baselines.ts';
import { Hands } from './main-job/hands.ts';
import { latencyFigures, twoPercentiles } from './main-job/latency.ts';
import { loadFigures, memoryFigures } from './main-job/load.ts';
import { emptyFrames, paintTimes } from './main-job/page-times.ts';
import { RunningProduct } from './main-job/running-product.ts';
import { startFigures } from './main-job/start.ts';

const CALLS = 100;
const AGENTS = 20;
const TALK_MS = 300;
const CALLS_LIMIT_MS = 100_000;

/** Everybody answers soon and stays, with a tone: what is measured is ours. */
const scenario = {
  name: 'bench',
  seed: 1,
  otherwise: { kind: 'tone', hz: 700, ringAfterMs: 20, afterMs: { fromMs: 60, toMs: 160 } },
};

const bench: Bench = {
  summary: 'the main job: answer to agent, call to card, CPU, memory, start',
  async run(context) {
    const directory = mkdtempSync(join(tmpdir(), 'dialdesk-bench-'));
    const undo: (() => unknown)[] = [() => rmSync(directory, { recursive: true, force: true })];
    try {
      return await measure(directory, context, undo);
    } finally {
      for (const step of undo.reverse()) await step();
    }
  },
};
export default bench;

interface Running {
  product: RunningProduct;
  page: Page;
  agent: AgentPage;
  hands: Hands;
  campaignId: string;
  note: BenchContext['note'];
}

async function measure(
  directory: string,
  { note }: BenchContext,
  undo: (() => unknown)[],
): Promise<Figure[]> {
  const dataDir = join(directory, 'practice');
  const { campaignId } = await preparePracticeStore({
    dataDir,
    debtors: CALLS + 3 * AGENTS,
    // the bundled carrier puts its own address there
    carrierPort: 5060,
    interactions: 20,
    settings: { wrapUpMs: null, recordCalls: false },
  });
  note('starting the engine five times');
  const starts = await startFigures(dataDir);
  const flushes = diskFlushes(directory, 200);
  const roundTrips = await udpRoundTrips(500);

  const startedMs = performance.now();
  const product = await RunningProduct.start(directory, dataDir, scenario);
  undo.push(() => product.stop());
  const addressMs = performance.now() - startedMs;
  const browser = await TestBrowser.open();
  undo.push(() => browser.close());
  const { page } = await browser.newPage();
  const agent = new AgentPage(page);
  const openedMs = performance.now();
  await agent.logIn(product.address);
  const usableMs = addressMs + performance.now() - openedMs;
  const hands = new Hands(product.url, await product.anotherLogin(), TALK_MS);
  undo.push(() => hands.close());
  await hands.learnWhoIAm();
  const running: Running = { product, page, agent, hands, campaignId, note };
  return [
    ...(await callFigures(running, roundTrips)),
    ...(await underLoad(running)),
    ...starts,
    { name: 'npm start to address', value: addressMs, unit: 'ms' },
    { name: 'npm start to page usable, browser running', value: usableMs, unit: 'ms' },
    ...twoPercentiles('disk flush', flushes),
    ...twoPercentiles('durable command', await durableCommands(hands), { baseline: flushes }),
    ...twoPercentiles('UDP round trip', roundTrips),
  ];
}

/** Call after call with the window in Chromium. */
async function callFigures(running: Running, roundTrips: readonly number[]): Promise<Figure[]> {
  const { product, page, agent, hands, note } = running;
  const campaignId = running.campaignId as never;
  note(`${CALLS} calls with the window in Chromium`);
  const frames = await emptyFrames(page, 60);
  await agent.goReady();
  await hands.send('campaign.start', { campaignId });
  await hands.untilDone(CALLS, CALLS_LIMIT_MS);
  await hands.send('campaign.pause', { campaignId });
  const figures = latencyFigures({
    calls: product.calls(),
    joinedAt: hands.joinedAt,
    paints: await paintTimes(page),
    roundTrips,
    emptyFrames: frames,
  });
  await page.close();
  return figures;
}

/** Many recorded calls at once, with agents who need no browser; then what all of it has left in memory. */
async function underLoad({ product, hands, note, campaignId }: Running): Promise<Figure[]> {
  const { enginePid, url } = product;
  await hands.send('campaign.update', {
    campaignId: campaignId as never,
    settings: { recordCalls: true },
  });
  const load = { url, hands, campaignId, agents: AGENTS, enginePid, note };
  const figures = await loadFigures(load);
  const bare = startTimerLoop();
  await wait(500);
  figures.push(...memoryFigures(enginePid, bare.residentMb()));
  bare.stop();
  return figures;
}

/** A small command that changes something, from the client and back: contract, writer thread, commit, reply. */
async function durableCommands(hands: Hands): Promise<number[]> {
  const took: number[] = [];
  for (let index = 0; index < 100; index += 1) {
    const startedMs = performance.now();
    await hands.send('app.set-preference', { key: 'bench', value: index });
    took.push(performance.now() - startedMs);
  }
  return took;
}
