import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../main/practice/index.ts';
import {
  crossedLines,
  cutShort,
  disagreements,
  mostAtOnce,
  notRecorded,
  onTwoLines,
} from './compare-records.ts';
import type { DeskCall } from './desk-messages.ts';
import type { AttemptRow } from './read-evidence.ts';
import { agentToneHz, debtorTonesHz } from './world.ts';

const invite = (id: string, more: Partial<CallRecord> = {}) =>
  ({
    sipCallId: id,
    to: `+48${id}`,
    answeredAt: null,
    invitedAt: 0,
    endedAt: 1,
    ...more,
  }) as CallRecord;
const attempt = (id: string, more: Partial<AttemptRow> = {}): AttemptRow => ({
  attemptId: `attempt-${id}`,
  callId: `call-${id}`,
  debtorId: `debtor-${id}`,
  number: `+48${id}`,
  sipCallId: id,
  personId: null,
  reservedAt: 0,
  answeredAt: null,
  joinedAt: null,
  endedAt: 1,
  attemptResult: 'noAnswer',
  endedBy: 'network',
  ...more,
});
const nothing = {
  invitesWithoutRow: [],
  rowsWithoutInvite: [],
  doubled: [],
  answeredByOneAlone: [],
  otherNumber: [],
};

describe('the engine’s rows beside the carrier’s records', () => {
  it('agree where each INVITE has its attempt, and what never left needs none', () => {
    const written = [attempt('1'), attempt('2'), attempt('3', { sipCallId: null })];
    expect(disagreements([invite('1'), invite('2')], written)).toEqual(nothing);
  });

  it('show a call that is lost on either side, or doubled', () => {
    expect(disagreements([invite('1')], []).invitesWithoutRow).toEqual(['1']);
    expect(disagreements([], [attempt('1')]).rowsWithoutInvite).toEqual(['attempt-1']);
    expect(disagreements([invite('1'), invite('1')], [attempt('1')]).doubled).toEqual(['1']);
    expect(
      disagreements([invite('1')], [attempt('1'), attempt('1', { attemptId: 'attempt-2' })]),
    ).toMatchObject({ doubled: ['1'] });
  });

  it('show an answer, or a number, that only one of them knows', () => {
    const answered = disagreements([invite('1', { answeredAt: 5 })], [attempt('1')]);
    expect(answered.answeredByOneAlone).toEqual(['attempt-1']);
    expect(disagreements([invite('1', { to: '+49' })], [attempt('1')]).otherNumber).toEqual([
      'attempt-1',
    ]);
  });
});

describe('lines', () => {
  const from = (to: string, invitedAt: number, endedAt: number | null) => ({
    to,
    invitedAt,
    endedAt,
  });

  it('are counted at once; one that ends as another begins is free', () => {
    expect(mostAtOnce([from('a', 0, 10), from('b', 5, 15), from('c', 10, 20)])).toBe(2);
    expect(mostAtOnce([from('a', 0, null), from('b', 5, null)])).toBe(2);
  });

  it('to one number are two only at the same time', () => {
    expect(onTwoLines([from('a', 0, 10), from('a', 10, 20), from('b', 0, 20)])).toEqual([]);
    expect(onTwoLines([from('a', 0, 10), from('a', 9, 20)])).toEqual(['a']);
  });
});

describe('conversations', () => {
  const [hz = 0, otherHz = 0] = debtorTonesHz;
  const desk: DeskCall = {
    agentIndex: 3,
    callId: 'call-1',
    toldAt: 0,
    soundAt: 10,
    heardHz: hz,
    hungUpAt: 4_000,
    wrapUpAt: 4_010,
    disposedAt: 5_000,
  };
  const heardBy = (dominantHz: number) =>
    invite('1', { behaviour: `person-${hz}`, media: { dominantHz } as CallRecord['media'] });

  it('are between the agent and the debtor of the call', () => {
    const right = heardBy(agentToneHz(3) + 3);
    expect(crossedLines([desk], [attempt('1')], [right])).toEqual([]);
    expect(crossedLines([{ ...desk, heardHz: otherHz }], [attempt('1')], [right])).toHaveLength(1);
    expect(crossedLines([desk], [attempt('1')], [heardBy(agentToneHz(4))])).toHaveLength(1);
    expect(crossedLines([desk], [attempt('1')], [])).toHaveLength(1);
  });

  it('are ended by the agent and by nobody else', () => {
    const talk = { joinedAt: 0, answeredAt: 0, endedBy: 'agent' };
    const ended = (endedBy: CallRecord['endedBy']) => [invite('1', { endedBy })];
    expect(cutShort([attempt('1', talk), attempt('2')], ended('engine'))).toEqual([]);
    expect(cutShort([attempt('1', talk)], ended('network'))).toHaveLength(1);
    expect(cutShort([attempt('1', { ...talk, endedBy: 'engine' })], ended('engine'))).toHaveLength(
      1,
    );
  });

  it('have one whole recording each, when they were long enough for the notice', () => {
    const talk = attempt('1', { joinedAt: 0, endedAt: 20_000 });
    const whole = { callId: 'call-1', state: 'complete', durationMs: 18_000 };
    expect(notRecorded([talk, attempt('2')], [whole])).toEqual([]);
    expect(notRecorded([talk], [])).toHaveLength(1);
    expect(notRecorded([talk], [whole, whole])).toHaveLength(1);
    expect(notRecorded([talk], [{ ...whole, state: 'failed' }])).toHaveLength(1);
    expect(notRecorded([attempt('1', { joinedAt: 0, endedAt: 900 })], [])).toEqual([]);
  });
});
