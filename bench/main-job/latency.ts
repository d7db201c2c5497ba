import { type CallRecord, summariseCalls } from '../../main/practice/index.ts';
import { type Figure, percentile } from '../bench.ts';
import type { PaintTime } from './page-times.ts';

/** p50 and p99 of one measure; the aim, where there is one, is for p99. */
export function twoPercentiles(
  name: string,
  samples: readonly number[],
  more: { unit?: string; baseline?: readonly number[]; aim?: number } = {},
): Figure[] {
  const { unit = 'ms', baseline, aim } = more;
  return [
    {
      name: `${name} p50`,
      value: percentile(samples, 0.5),
      unit,
      ...(baseline === undefined ? {} : { baseline: percentile(baseline, 0.5) }),
    },
    {
      name: `${name} p99`,
      value: percentile(samples, 0.99),
      unit,
      ...(baseline === undefined ? {} : { baseline: percentile(baseline, 0.99) }),
      ...(aim === undefined ? {} : { aim }),
    },
  ];
}

/** fewer say nothing of a p99: a machine that is busy with other work does not get through them in time */
const LEAST_CALLS = 60;

/** From the carrier's 2xx to the agent at the carrier, and from the engine's word to the card on the screen. */
export function latencyFigures(measured: {
  calls: readonly CallRecord[];
  joinedAt: ReadonlyMap<string, number>;
  paints: readonly PaintTime[];
  roundTrips: readonly number[];
  emptyFrames: readonly number[];
}): Figure[] {
  const { calls, joinedAt, paints, roundTrips, emptyFrames } = measured;
  const ofMedia = (member: 'firstPacketAfterAnswerMs' | 'firstSoundAfterAnswerMs') =>
    calls.flatMap((call) => call.media?.[member] ?? []);
  const shown = paints.flatMap(({ callId, paintedAt }) => {
    const at = joinedAt.get(callId);
    return at === undefined ? [] : [paintedAt - at];
  });
  return [
    {
      name: 'calls measured',
      value: summariseCalls(calls).answered,
      unit: 'calls',
      aim: LEAST_CALLS,
      better: 'higher',
    },
    ...twoPercentiles('answered to first agent packet', ofMedia('firstPacketAfterAnswerMs'), {
      baseline: roundTrips,
      aim: 40,
    }),
    ...twoPercentiles('answered to first sound of the agent', ofMedia('firstSoundAfterAnswerMs'), {
      baseline: roundTrips,
    }),
    ...twoPercentiles('connected to card painted', shown, { baseline: emptyFrames, aim: 100 }),
    ...twoPercentiles(
      'connected to card painted, page alone',
      paints.map(({ heardAt, paintedAt }) => paintedAt - heardAt),
      { baseline: emptyFrames },
    ),
  ];
}
