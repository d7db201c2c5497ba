import type { Call } from '#shared/contract/index.ts';

/** Calls that are up, by id, and those that are over: a snapshot that was on its way must not bring them back. */
export interface LiveCalls {
  byId: Readonly<Record<string, Call>>;
  ended: ReadonlySet<string>;
}

export const noCalls: LiveCalls = { byId: {}, ended: new Set() };

export function withSnapshot(live: LiveCalls, calls: readonly Call[]): LiveCalls {
  const up = calls.filter((call) => call.state !== 'ended' && !live.ended.has(call.callId));
  return { ...live, byId: Object.fromEntries(up.map((call) => [call.callId, call])) };
}

export function withCall(live: LiveCalls, call: Call): LiveCalls {
  if (live.ended.has(call.callId)) return live;
  if (call.state !== 'ended') return { ...live, byId: { ...live.byId, [call.callId]: call } };
  const { [call.callId]: _, ...others } = live.byId;
  return { byId: others, ended: new Set(live.ended).add(call.callId) };
}

/** The way of a call, from the first packet to the agent. `waiting`: a person has answered and hears nobody yet. */
export const stages = ['dialing', 'ringing', 'waiting', 'talking', 'held'] as const;
export type Stage = (typeof stages)[number];

export function stageOf(call: Call): Stage {
  if (call.state === 'held') return 'held';
  if (call.state === 'connected') return 'talking';
  if (call.answeredAt !== null || call.direction === 'in') return 'waiting';
  return call.state === 'dialing' ? 'dialing' : 'ringing';
}

/** When a call came into the stage where it is, as far as its instants tell. */
export function stageSince(call: Call): number {
  return call.joinedAt ?? call.answeredAt ?? call.startedAt;
}

/** Calls in each stage, the longest there first. @param campaignId '' for all calls, by hand and inbound too */
export function byStage(live: LiveCalls, campaignId: string): Record<Stage, Call[]> {
  const columns: Record<Stage, Call[]> = {
    dialing: [],
    ringing: [],
    waiting: [],
    talking: [],
    held: [],
  };
  for (const call of Object.values(live.byId)) {
    if (campaignId === '' || call.campaignId === campaignId) columns[stageOf(call)].push(call);
  }
  for (const column of Object.values(columns)) column.sort((a, b) => stageSince(a) - stageSince(b));
  return columns;
}
