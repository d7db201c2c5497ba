import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EngineRun } from '../../e2e/peers/support/engine.ts';
import { CarrierProgram } from '../../e2e/support/carrier-program.ts';
import { until } from '../../e2e/support/until.ts';
import { practiceNumberAt } from '../../main/contact-rules/index.ts';
import type { CallRecord } from '../../main/practice/index.ts';
import type { BenchContext } from '../bench.ts';
import { AgentTeam } from './agent-team.ts';
import type { DeskCall } from './desk-messages.ts';
import { LOOP_DIRECTORY, type LoopDelays, loopDelays } from './loop-slices.ts';
import { type ProcessUse, UseOfProcesses } from './process-use.ts';
import { type Evidence, readEvidence } from './read-evidence.ts';
import { carrierScenarioOf, debtorsFor, scenarioOf, settingsOf, type WorldSize } from './world.ts';

const MONITOR = new URL('./loop-monitor.ts', import.meta.url).href;
const NOTE_EVERY_MS = 60_000;
const REST_LIMIT_MS = 60_000;

export interface RunOptions extends WorldSize {
  seed: number;
  recordCalls: boolean;
  note: BenchContext['note'];
}

/** What one run left behind, and what was seen of it from outside. */
export interface Observed extends Evidence {
  /** epoch ms */
  startedAt: number;
  stopSentAt: number;
  carrierCalls: readonly CallRecord[];
  deskCalls: readonly DeskCall[];
  problems: readonly string[];
  /** warnings and errors of the engine and of its children */
  engineSaid: string;
  indexOf: ReadonlyMap<string, number>;
  use: ReadonlyMap<string, ProcessUse>;
  /** how late event loops were, ms; the media process takes no monitor: its gaps show at the carrier */
  loops: { engine: LoopDelays; agents: LoopDelays; carrier: LoopDelays };
}

/** Plays the world once with the engine, its media process, the practice carrier and softphones in processes of their own. */
export async function runSystem(options: RunOptions): Promise<Observed> {
  const directory = mkdtempSync(join(tmpdir(), 'dialdesk-whole-system-'));
  const undo: (() => unknown)[] = [() => rmSync(directory, { recursive: true, force: true })];
  try {
    return await withMonitors(directory, () => play(options, directory, undo));
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

/** Every process that is started meanwhile tells how late its event loop is. */
async function withMonitors<Value>(directory: string, run: () => Promise<Value>): Promise<Value> {
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = `${before ?? ''} --disable-warning=ExperimentalWarning --import=${MONITOR}`;
  process.env[LOOP_DIRECTORY] = directory;
  try {
    return await run();
  } finally {
    if (before === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = before;
    delete process.env[LOOP_DIRECTORY];
  }
}

async function play(
  options: RunOptions,
  directory: string,
  undo: (() => unknown)[],
): Promise<Observed> {
  const { note, seed, lines, minutes, recordCalls } = options;
  const scenario = scenarioOf(options);
  const debtors = debtorsFor(options);
  note(`${debtors} debtors, ${options.agents} agents, ${lines} lines, ${minutes} min`);
  const numbers = Array.from(
    { length: debtors },
    (_, index) => practiceNumberAt('PL', index) ?? '',
  );
  const engine = await EngineRun.start({ numbers });
  undo.push(() => engine.stop());
  const carrier = await CarrierProgram.start(carrierScenarioOf(scenario, seed), directory);
  undo.push(() => carrier.stop());
  const trunk = await engine.trunkTo(carrier.port, { maxConcurrentCalls: lines });
  const campaignId = await engine.campaign(trunk, settingsOf(options, recordCalls));
  const team = await AgentTeam.start(engine, { scenario, seed });
  undo.push(() => team.stop());
  note('all agents are ready');

  const pids = { engine: engine.pid, media: await engine.mediaPid(), carrier: carrier.pid };
  const processes = new UseOfProcesses({ ...pids, agents: team.pids });
  await engine.start(campaignId);
  const startedAt = Date.now();
  await letRun(engine, campaignId, options);
  const stopSentAt = Date.now();
  await engine.owner.send('campaign.stop', { campaignId } as never);
  const use = processes.end();
  const { calls: deskCalls, problems } = await team.goHome();
  await until('all calls are over', () => isAtRest(engine, carrier), REST_LIMIT_MS);
  const loops = (ofPids: readonly number[]) => loopDelays(directory, ofPids, startedAt, stopSentAt);
  return {
    ...(await readEvidence(engine.dataDir, campaignId)),
    startedAt,
    stopSentAt,
    carrierCalls: carrier.calls(),
    deskCalls,
    problems,
    engineSaid: engine.stderr,
    indexOf: team.indexOf,
    use,
    loops: {
      engine: loops([pids.engine]),
      carrier: loops([pids.carrier]),
      agents: loops(team.pids),
    },
  };
}

async function letRun(
  engine: EngineRun,
  campaignId: string,
  { minutes, note }: RunOptions,
): Promise<void> {
  const overMs = performance.now() + minutes * 60_000;
  for (let leftMs = minutes * 60_000; leftMs > 0; leftMs = overMs - performance.now()) {
    await wait(Math.min(NOTE_EVERY_MS, leftMs));
    const { today } = await engine.owner.send('campaign.live', { campaignId } as never);
    note(`${today.calls} calls, ${today.connected} talks`);
  }
}

async function isAtRest(engine: EngineRun, carrier: CarrierProgram): Promise<boolean> {
  const open = await engine.read('SELECT id FROM attempt WHERE endedAt IS NULL');
  return open.length === 0 && carrier.calls().every(({ stillUp }) => !stillUp);
}
