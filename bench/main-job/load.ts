import { setTimeout as wait } from 'node:timers/promises';
import { parseLoginFragment } from '#shared/contract/index.ts';
import { NodeAgent } from '../../e2e/support/node-agent.ts';
import type { Figure } from '../bench.ts';
import { startTimerLoop } from './baselines.ts';
import type { Hands } from './hands.ts';
import { childPid, cpuMs, ownMb, residentMb } from './process-usage.ts';

const IDLE_MS = 8_000;
const JOINED_MS = 20_000;
const JOIN_LIMIT_MS = 60_000;

export interface LoadOptions {
  url: string;
  /** the owner: hires people and starts the campaign */
  hands: Hands;
  campaignId: string;
  agents: number;
  enginePid: number;
  note(text: string): void;
}

/** CPU and memory of engine and media process with so many agents on the line, then in so many calls. */
export async function loadFigures(options: LoadOptions): Promise<Figure[]> {
  const { hands, campaignId, agents: count, enginePid, note } = options;
  const mediaPid = childPid(enginePid, 'media');
  const agents = await hireAgents(options);
  try {
    const joined = new Set<string>();
    for (const agent of agents) agent.onConnected = (callId) => joined.add(callId);
    const timer = startTimerLoop();
    note(`${count} lines are up and idle`);
    const idle = await shares([enginePid, mediaPid], IDLE_MS);
    await hands.send('campaign.resume', { campaignId: campaignId as never });
    await agents[0]?.node.until('all joined', () => joined.size >= count, JOIN_LIMIT_MS);
    note(`${count} calls are joined`);
    const timerBefore = timer.cpuMs();
    const busy = await shares([enginePid, mediaPid], JOINED_MS);
    const timerShare = ((timer.cpuMs() - timerBefore) / JOINED_MS) * 100;
    timer.stop();
    const [engineShare = 0, mediaShare = 0] = busy;
    const perCall = (engineShare + mediaShare) / count;
    return [
      {
        name: `CPU per joined call, ${count} recorded calls`,
        value: perCall,
        unit: '% of a core',
        baseline: timerShare,
        aim: 1,
      },
      { name: 'of it the engine', value: engineShare / count, unit: '% of a core' },
      { name: 'of it the media process', value: mediaShare / count, unit: '% of a core' },
      {
        name: 'CPU per idle line',
        value: idle.reduce((sum, share) => sum + share, 0) / count,
        unit: '% of a core',
        baseline: timerShare,
      },
    ];
  } finally {
    await Promise.all(agents.map((agent) => agent.node.close()));
  }
}

/** Resident memory after everything, without detectors; the baseline is a Node program that does nothing, twice. */
export function memoryFigures(enginePid: number, bareNodeMb: number): Figure[] {
  const mediaPid = childPid(enginePid, 'media');
  const engineMb = residentMb(enginePid);
  const mediaMb = residentMb(mediaPid);
  return [
    {
      name: 'memory of engine and media process',
      value: engineMb + mediaMb,
      unit: 'MB',
      baseline: 2 * bareNodeMb,
      aim: 200,
    },
    { name: 'of it the engine', value: engineMb, unit: 'MB', baseline: bareNodeMb },
    { name: 'of it the media process', value: mediaMb, unit: 'MB', baseline: bareNodeMb },
    { name: 'of it theirs alone', value: ownMb(enginePid) + ownMb(mediaPid), unit: 'MB' },
  ];
}

interface HiredAgent {
  node: NodeAgent;
  onConnected: (callId: string) => void;
}

async function hireAgents({ url, hands, agents: count }: LoadOptions): Promise<HiredAgent[]> {
  const hired: HiredAgent[] = [];
  for (let index = 0; index < count; index += 1) {
    const { personId } = await hands.send('access.add-person', {
      displayName: `Agent ${index}`,
      role: 'agent',
    });
    const invitation = await hands.send('access.invite', { personId });
    const login = parseLoginFragment(new URL(invitation.url).hash);
    if (login === null) throw new Error('an invitation without a code');
    const agent: HiredAgent = {
      onConnected: () => {},
      node: new NodeAgent({
        url,
        login,
        onEvent: (event) => {
          if (event.name === 'call.connected') agent.onConnected(event.data.call.callId);
        },
      }),
    };
    hired.push(agent);
    await agent.node.goReady();
    agent.node.talker?.tone(440);
  }
  return hired;
}

/** What each process takes of one core over a time, %. */
async function shares(pids: readonly number[], overMs: number): Promise<number[]> {
  const before = pids.map(cpuMs);
  const startedMs = performance.now();
  await wait(overMs);
  const elapsedMs = performance.now() - startedMs;
  return pids.map((pid, index) => ((cpuMs(pid) - (before[index] ?? 0)) / elapsedMs) * 100);
}
