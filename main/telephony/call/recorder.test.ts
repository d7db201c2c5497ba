import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../testing/contract-clock.ts';
import { FakeMedia, rest, turnsUntil } from '../../testing/dialer-rig.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { type CallView, LiveCalls, type RecordingPolicy } from './live-calls.ts';
import { Player } from './player.ts';
import { Prompts } from './prompts.ts';
import { Recorder } from './recorder.ts';
import { recordingWrites } from './recording-writes.ts';

let journal: string[];
let media: FakeMedia;
let store: TestStore;
let calls: LiveCalls;
let recorder: Recorder;
let recovered: { durationMs: number; bytes: number } | null;

beforeEach(() => {
  journal = [];
  recovered = null;
  const clock = manualClock();
  media = new FakeMedia(journal);
  store = openTestStore({ clock, writes: recordingWrites });
  calls = new LiveCalls({ media, clock, lineIdOf: (personId) => `line-${personId}` });
  let next = 0;
  const idSource = { next: () => `id-${++next}` };
  recorder = new Recorder({
    store: {
      ...store,
      async write(map, name, input, options) {
        const value = await store.write(map, name, input, options);
        journal.push(`write ${name}`);
        return value;
      },
    },
    media,
    calls,
    player: new Player(media, idSource),
    prompts: new Prompts('/prompts'),
    idSource,
    directory: '/recordings',
    recover: async () => recovered,
    log: (message) => journal.push(`log ${message}`),
  });
});
afterEach(() => store.close());

async function join(policy: Partial<RecordingPolicy>): Promise<void> {
  calls.add({
    leg: { legId: 'leg', hangUp: async () => {} },
    language: 'pl-PL',
    hangUpBy: null,
    recordingPolicy: {
      wanted: true,
      announce: true,
      consent: false,
      forbidden: false,
      mandatory: false,
      ...policy,
    },
    view: { callId: 'call', personId: null, recordingId: null, recording: 'off' } as CallView,
  });
  await calls.join('call', 'anna', { alertTone: true });
}

const started = () => media.inputs('startRecording');
const rows = () =>
  store.read.all<{ state: string; durationMs: number | null }>(
    'SELECT state, durationMs FROM recording',
  );
const end = () => calls.finish('call', { attemptResult: 'answered', endedBy: 'agent' });
const on = () => turnsUntil('on', () => calls.find('call')?.view.recording === 'on');

describe('the recorder', () => {
  it('starts only when the announcement was heard to its end, and its row stands first', async () => {
    await join({});
    await rest();
    expect(calls.find('call')?.view.recording).toBe('waiting');
    expect(started()).toEqual([]);
    media.endPlay();
    await on();
    expect(journal.indexOf('write recording.begin')).toBeLessThan(
      journal.indexOf('media startRecording'),
    );
    end();
    await turnsUntil('complete', () => rows()[0]?.state === 'complete');
    expect(rows()[0]?.durationMs).toBe(1_000);
  });

  it('waits for consent as well, and consent given during the announcement does not cut it short', async () => {
    await join({ consent: true });
    await recorder.confirmConsent('call');
    await rest();
    expect(started()).toEqual([]);
    media.endPlay();
    await on();
    expect(started()).toHaveLength(1);
  });

  it('starts at the consent when the announcement is over, and once however often it is given', async () => {
    await join({ consent: true });
    media.endPlay();
    await rest();
    expect(started()).toEqual([]);
    await Promise.all([recorder.confirmConsent('call'), recorder.confirmConsent('call')]);
    await rest();
    expect(started()).toHaveLength(1);
    expect(rows()).toHaveLength(1);
  });

  it.each([{ forbidden: true }, { wanted: false }])(
    '%o: nothing is announced, written or recorded',
    async (policy) => {
      await join(policy);
      await recorder.confirmConsent('call');
      await rest();
      expect(journal).toEqual(['media join']);
      expect(calls.find('call')?.view.recording).toBe('off');
    },
  );

  it('does not start when the call ends during the announcement', async () => {
    await join({});
    await rest();
    end();
    media.endPlay();
    await rest();
    expect(started()).toEqual([]);
    expect(rows()).toEqual([]);
  });

  it('that the media process refuses is off, and its row says failed', async () => {
    media.refused.add('startRecording');
    await join({ announce: false });
    await turnsUntil('failed', () => rows()[0]?.state === 'failed');
    expect(calls.find('call')?.view.recording).toBe('off');
  });

  it('stops what it started for a call that ended meanwhile', async () => {
    await join({ announce: false });
    end();
    await turnsUntil('settled', () => rows().every(({ state }) => state !== 'recording'));
    expect(started().length).toBe(media.inputs('stopRecording').length);
  });

  it('keeps what reached the disk when the media process died with it', async () => {
    await join({ announce: false });
    await on();
    media.refused.add('stopRecording');
    recovered = { durationMs: 700, bytes: 5_600 };
    end();
    await turnsUntil('recovered', () => rows()[0]?.state === 'recovered');
    expect(rows()[0]?.durationMs).toBe(700);
  });
});
