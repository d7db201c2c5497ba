import { summarize } from '../../main/dialer/pacing-log/index.ts';
import { type Figure, percentile } from '../bench.ts';
import { twoPercentiles } from '../main-job/latency.ts';
import {
  crossedLines,
  cutShort,
  disagreements,
  mostAtOnce,
  notRecorded,
  onTwoLines,
} from './compare-records.ts';
import { answeredWithoutAgent } from './pacer-times.ts';
import type { Observed, RunOptions } from './run-system.ts';
import { type Simulated, type Spread, spread } from './simulated.ts';
import type { OwnDelays } from './world.ts';

/** Beside three standard deviations of a single run: what a machine that does other things takes from it. */
const SLACK = { minutesPerHour: 0.5, abandonmentPercent: 0.3, share: 0.02 };
const STOP_WITHIN_MS = 100;

/** Where the whole system and the simulator agree, and how far apart they may be. */
export function agreementFigures(
  observed: Observed,
  simulated: Simulated,
  own: OwnDelays,
  { agents }: RunOptions,
): Figure[] {
  const { busyMs, staffedMs } = floorTimes(observed);
  const minutes = (60 * busyMs) / staffedMs;
  const { joined, abandoned } = outcomes(observed);
  const abandonment = (100 * abandoned) / Math.max(1, joined + abandoned);
  const answered = joined + abandoned;
  const dials = observed.carrierCalls.length;
  const deskMinutes = (60 * deskBusyMs(observed)) / (agents * lengthMs(observed));
  const { share } = SLACK;
  return [
    ...beside(
      'talk and wrap-up in an hour of an agent',
      'min/h',
      minutes,
      simulated.minutesPerHour,
      SLACK.minutesPerHour,
    ),
    {
      name: 'the same on the agents’ own clocks',
      value: deskMinutes,
      unit: 'min/h',
      baseline: minutes,
    },
    ...beside(
      'abandonment',
      '%',
      abandonment,
      simulated.abandonmentPercent,
      SLACK.abandonmentPercent,
    ),
    ...beside('calls', 'calls', dials, simulated.dials, share * simulated.dials.mean),
    ...beside(
      'persons who answered',
      'calls',
      answered,
      simulated.answered,
      share * simulated.answered.mean,
    ),
    { name: 'told to the simulator: decision to dialing', value: own.decidedToDialing, unit: 'ms' },
    { name: 'told to the simulator: dialing to ringing', value: own.dialingToRinging, unit: 'ms' },
  ];
}

/** What must hold whatever the load, by the carrier's records, the agents' and the engine's. */
export function promiseFigures(observed: Observed, { lines, recordCalls }: RunOptions): Figure[] {
  const { carrierCalls, attempts, deskCalls, stopSentAt, replayed } = observed;
  const apart = disagreements(carrierCalls, attempts);
  const crossed = crossedLines(deskCalls, attempts, carrierCalls);
  const lastInvite = Math.max(...carrierCalls.map(({ invitedAt }) => invitedAt));
  const { joined } = outcomes(observed);
  return [
    { name: 'lines at once, at most', value: mostAtOnce(carrierCalls), unit: 'lines', aim: lines },
    none('debtors on two lines at once', onTwoLines(carrierCalls).length, 'debtors'),
    {
      name: 'attempts given up before they left',
      value: attempts.filter(({ sipCallId }) => sipCallId === null).length,
      unit: 'calls',
    },
    none('INVITEs without an attempt', apart.invitesWithoutRow.length, 'calls'),
    none('attempts without their INVITE', apart.rowsWithoutInvite.length, 'calls'),
    none('calls that are doubled', apart.doubled.length, 'calls'),
    none('calls answered for one side alone', apart.answeredByOneAlone.length, 'calls'),
    none('calls to another number than written down', apart.otherNumber.length, 'calls'),
    none('conversations with the wrong other side', crossed.length, 'calls'),
    none('conversations cut short', cutShort(attempts, carrierCalls).length, 'calls'),
    none(
      'conversations that an agent’s desk did not see',
      Math.abs(joined - deskCalls.length),
      'calls',
    ),
    none('commands of agents that failed', observed.problems.length, 'commands'),
    ...(recordCalls
      ? [
          none(
            'conversations without one whole recording',
            notRecorded(attempts, observed.recordings).length,
            'calls',
          ),
        ]
      : []),
    {
      name: 'last INVITE after the stop was asked for',
      value: lastInvite - stopSentAt,
      unit: 'ms',
      aim: STOP_WITHIN_MS,
    },
    { name: 'decisions replayed', value: replayed.decisions, unit: 'decisions' },
    none('of them different', replayed.different, 'decisions'),
  ];
}

/** How long a person who answered waits, and what it costs. */
export function loadFigures(observed: Observed): Figure[] {
  const { use, loops } = observed;
  const waits = silence(observed);
  const { liveMb } = loops.engine;
  return [
    ...twoPercentiles('answered to joined, an agent was free', waits.toJoined),
    {
      name: 'persons who answered when no agent was free',
      value: waits.without.size,
      unit: 'calls',
    },
    ...(waits.toJoinedLater.length === 0
      ? []
      : twoPercentiles('answered to joined, none was free', waits.toJoinedLater)),
    ...twoPercentiles('answered to the agent hears the debtor', waits.toHeard),
    ...twoPercentiles('answered to the debtor hears the agent', waits.toSound),
    ...twoPercentiles('longest gap in the agent’s voice of a call', waits.gaps),
    ...[...use].flatMap(([name, { cpuShare, memoryMb, grownMb }]): Figure[] => [
      { name: `CPU of ${name}`, value: cpuShare, unit: '% of a core' },
      { name: `memory of ${name} alone`, value: memoryMb, unit: 'MB' },
      {
        name: `memory of ${name} alone, grown since the second quarter`,
        value: grownMb,
        unit: 'MB',
      },
    ]),
    ...twoHeaps(liveMb),
    ...Object.entries(loops).flatMap(([name, { lateMs, workedMs }]) => [
      ...twoPercentiles(`event loop of ${name} late`, lateMs),
      { name: `event loop of ${name} late, at most`, value: percentile(lateMs, 1), unit: 'ms' },
      { name: `most work of ${name} in one go`, value: percentile(workedMs, 1), unit: 'ms' },
    ]),
  ];
}

/** What disagreed, in words: figures alone do not say which call. */
export function describeTrouble(observed: Observed, { recordCalls }: RunOptions): string[] {
  const { carrierCalls, attempts, deskCalls } = observed;
  const apart = Object.entries(disagreements(carrierCalls, attempts)).flatMap(([what, calls]) =>
    calls.map((call: string) => `${what}: ${call}`),
  );
  const neverSent = attempts.flatMap(({ sipCallId, callId, attemptResult }) =>
    sipCallId === null ? [`never left: ${callId}, ${attemptResult}`] : [],
  );
  return [
    ...apart,
    ...neverSent,
    ...onTwoLines(carrierCalls).map((number) => `on two lines: ${number}`),
    ...crossedLines(deskCalls, attempts, carrierCalls),
    ...cutShort(attempts, carrierCalls),
    ...(recordCalls ? notRecorded(attempts, observed.recordings) : []),
    ...observed.problems,
    ...observed.engineSaid.split('\n').filter((line) => line !== ''),
  ];
}

/** What full collections left, in the first and the last third of the run: what grows here is kept for good. */
function twoHeaps(liveMb: readonly number[]): Figure[] {
  const third = Math.max(1, Math.floor(liveMb.length / 3));
  return [
    { name: 'full collections of the engine', value: liveMb.length, unit: 'collections' },
    {
      name: 'heap of the engine after them, last third against first',
      value: spread(liveMb.slice(-third)).mean,
      baseline: spread(liveMb.slice(0, third)).mean,
      unit: 'MB',
    },
  ];
}

function floorTimes({ pacerLines, startedAt, stopSentAt }: Observed) {
  const { talkMs, wrapUpMs, readyMs } = summarize(pacerLines, startedAt, stopSentAt);
  return { busyMs: talkMs + wrapUpMs, staffedMs: talkMs + wrapUpMs + readyMs };
}

/** From being told of a call to being ready again, within the run. */
function deskBusyMs({ deskCalls, startedAt, stopSentAt }: Observed): number {
  return deskCalls.reduce(
    (sum, { toldAt, disposedAt }) =>
      sum + Math.max(0, Math.min(disposedAt, stopSentAt) - Math.max(toldAt, startedAt)),
    0,
  );
}

const lengthMs = ({ startedAt, stopSentAt }: Observed): number => stopSentAt - startedAt;

function outcomes({ attempts }: Observed) {
  return {
    joined: attempts.filter(({ joinedAt }) => joinedAt !== null).length,
    abandoned: attempts.filter(({ attemptResult }) => attemptResult === 'abandoned').length,
  };
}

/** From the carrier's 2xx, on the clock of one machine. */
function silence({ carrierCalls, attempts, deskCalls, pacerLines }: Observed) {
  const without = answeredWithoutAgent(pacerLines);
  const carried = new Map(carrierCalls.map((call) => [call.sipCallId, call]));
  const talks = attempts.flatMap((row) => {
    const call = carried.get(row.sipCallId ?? '');
    if (row.joinedAt === null || call?.answeredAt == null) return [];
    const { callId, joinedAt } = row;
    return [{ callId, answeredAt: call.answeredAt, joinedAt, media: call.media }];
  });
  const atOnce = talks.filter(({ callId }) => !without.has(callId));
  const later = talks.filter(({ callId }) => without.has(callId));
  const soundAt = new Map(deskCalls.map((desk) => [desk.callId, desk.soundAt]));
  return {
    without,
    toJoined: atOnce.map(({ joinedAt, answeredAt }) => joinedAt - answeredAt),
    toJoinedLater: later.map(({ joinedAt, answeredAt }) => joinedAt - answeredAt),
    toHeard: atOnce.flatMap(({ callId, answeredAt }) => {
      const at = soundAt.get(callId) ?? null;
      return at === null ? [] : [at - answeredAt];
    }),
    toSound: atOnce.flatMap(({ media }) => media?.firstSoundAfterAnswerMs ?? []),
    gaps: talks.flatMap(({ media }) => media?.longestGapMs ?? []),
  };
}

function beside(
  name: string,
  unit: string,
  value: number,
  { mean, deviation }: Spread,
  slack: number,
): Figure[] {
  return [
    { name, value, unit, baseline: mean },
    { name: `${name}: one run of the simulator deviates by`, value: deviation, unit },
    {
      name: `${name}: apart from the simulator`,
      value: Math.abs(value - mean),
      unit,
      aim: 3 * deviation + slack,
    },
  ];
}

const none = (name: string, value: number, unit: string): Figure => ({ name, value, unit, aim: 0 });
