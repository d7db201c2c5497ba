import { toneLevelDbfs } from '../../../main/telephony/media/sound/tone-level.ts';
import type { NodeAgent } from '../../support/node-agent.ts';

/** What tests say about calls of one agent. */

/** Every call that was joined to this agent, in order. */
export function connectedCalls(agent: NodeAgent): string[] {
  return agent.events.flatMap(({ name, data }) =>
    name === 'call.connected' ? [data.call.callId as string] : [],
  );
}

/** Waits for the call after `before` others. */
export async function nextConnected(
  agent: NodeAgent,
  before: number,
  timeoutMs?: number,
): Promise<string> {
  await agent.until('a call is connected', () => connectedCalls(agent).length > before, timeoutMs);
  return connectedCalls(agent)[before] ?? '';
}

export async function workStateIs(
  agent: NodeAgent,
  state: string,
  timeoutMs?: number,
): Promise<void> {
  await agent.until(
    `agent ${state}`,
    async () => (await agent.send('agent.status', {})).workState === state,
    timeoutMs,
  );
}

export async function hangUpAndDispose(
  agent: NodeAgent,
  callId: string,
  dispositionCode: string,
): Promise<void> {
  await agent.send('call.hang-up', { callId } as never);
  await finishWrapUp(agent, callId, dispositionCode);
}

/** Waits for the end of the call and records its outcome. */
export async function finishWrapUp(
  agent: NodeAgent,
  callId: string,
  dispositionCode: string,
  next: 'ready' | 'notReady' = 'ready',
): Promise<void> {
  await workStateIs(agent, 'wrapUp');
  await agent.send('call.dispose', { callId, dispositionCode, next } as never);
}

/** Whatever a test left: the call ends, gets its outcome, and the agent takes no more. */
export async function comeToRest(agent: NodeAgent): Promise<void> {
  await agent.send('agent.not-ready', {});
  await agent.until('free', async () => {
    const { workState, callId } = await agent.send('agent.status', {});
    if (workState === 'notReady' || workState === 'offline') return true;
    if (callId === null) return false;
    if (workState === 'talking') await agent.send('call.hang-up', { callId }).catch(() => {});
    if (workState === 'reserved') await agent.send('call.reject', { callId }).catch(() => {});
    if (workState === 'wrapUp')
      await agent
        .send('call.dispose', { callId, dispositionCode: 'dispute', next: 'notReady' })
        .catch(() => {});
    return false;
  });
}

/** The agent speaks a tone of -16 dBFS. @returns the level it comes back with from a far end that echoes, dBFS */
export async function heardBack(agent: NodeAgent, frequencyHz: number): Promise<number> {
  say(agent, frequencyHz);
  const level = await heard(agent, frequencyHz);
  say(agent, null);
  return level;
}

/** null = silence */
export function say(agent: NodeAgent, frequencyHz: number | null): void {
  if (!agent.talker) throw new Error('the agent has no line');
  agent.talker.tone(frequencyHz, -16);
}

/**
 * Level of one tone in the next second and a half: of tenths of a second the best, because a loaded machine may lose a
 * frame here or there, and nothing makes a tone louder.
 * @returns dBFS
 */
export async function heard(agent: NodeAgent, frequencyHz: number): Promise<number> {
  const { peer } = agent;
  if (!peer) throw new Error('the agent has no line');
  peer.heard.clear();
  await peer.heard.until('some audio', (audio) => audio.packets.length >= 75);
  const samples = peer.heard.samples(50);
  const levels = Array.from({ length: 10 }, (_, index) =>
    toneLevelDbfs(samples.slice(index * 800, index * 800 + 800), frequencyHz),
  );
  return Math.max(...levels);
}

/** @returns level of everything at the end of the next second, dBFS; -127 = silence */
export async function loudness(agent: NodeAgent): Promise<number> {
  const { peer } = agent;
  if (!peer) throw new Error('the agent has no line');
  peer.heard.clear();
  await peer.heard.until('a second of audio', (audio) => audio.packets.length >= 50);
  const samples = peer.heard.samples(25);
  const square = samples.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0);
  return square === 0 ? -127 : 10 * Math.log10(square / samples.length);
}
