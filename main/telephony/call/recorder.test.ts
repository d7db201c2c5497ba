import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
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
let directory: string;
let recovered: { durationMs: number; bytes: number } | null;

beforeEach(() => {
  journal = [];
  directory = mkdtempSync(joinPath(tmpdir(), 'dialdesk-recorder-'));
  recovered = null;
  const clock = manualClock();
  media = new FakeMedia(journal);
  store = openTestStore({ clock, writes: recordingWrites });
  store.runNow((db) =>
    db.insert('interaction', {
      id: 'interaction',
      channel: 'call',
      direction: 'out',
      at: 0,
      callId: 'call',
    }),
  );
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
    directory,
    recover: async () => recovered,
    log: (message) => journal.push(`log ${message}`),
  });
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

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

  it('has no memory: before it may start there is no file, nor anything that asks for one', async () => {
    await join({ consent: true });
    media.endPlay();
    await rest();
    expect(readdirSync(directory)).toEqual([]);
    expect(media.requests.filter(({ name }) => /record/i.test(name))).toEqual([]);
    await recorder.confirmConsent('call');
    await on();
    expect(started()[0]?.file).toMatch(directory);
  });
});

describe('a debtor who does not want to be recorded', () => {
  const view = () => calls.find('call')?.view;
  const refuse = () => recorder.refuse('call', 'anna');
  const told = () =>
    store.read
      .all<{ dataJson: string; personId: string }>(
        "SELECT dataJson, personId FROM interactionEvent WHERE kind = 'recordingRefused'",
      )
      .map(({ dataJson, personId }) => ({ personId, ...JSON.parse(dataJson) }));
  const row = () =>
    store.read.get<{ state: string; keyHex: string | null }>('SELECT state, keyHex FROM recording');
  /** as the media process does */
  const writeFile = () => writeFileSync(String(started()[0]?.file), 'sound');

  it('is not recorded from then on, and the call goes on: what was announced and recorded stays', async () => {
    await join({});
    media.endPlay();
    await on();
    writeFile();
    expect(await refuse()).toEqual({ mustEnd: false });
    expect(media.inputs('stopRecording')).toHaveLength(1);
    expect(view()).toMatchObject({ state: 'connected', recording: 'refused' });
    expect(row()).toMatchObject({ state: 'complete', keyHex: expect.any(String) });
    expect(readdirSync(directory)).toHaveLength(1);
    expect(told()).toEqual([
      { personId: 'anna', because: 'announced', kept: true, mustEnd: false },
    ]);
  });

  it('where all must agree leaves nothing behind: neither file nor key', async () => {
    await join({ consent: true });
    media.endPlay();
    await recorder.confirmConsent('call');
    await on();
    writeFile();
    await refuse();
    expect(row()).toEqual({ state: 'erased', keyHex: null });
    expect(readdirSync(directory)).toEqual([]);
    expect(told()).toMatchObject([{ because: 'consentNeeded', kept: false }]);
    expect(view()?.recordingId).toBeNull();
    end();
    await recorder.settled();
    expect(row()?.state).toBe('erased');
  });

  it.each(['during the announcement', 'after it'])(
    '%s: the recorder never starts, also when consent is pressed after it',
    async (when) => {
      await join({ consent: true });
      if (when === 'after it') media.endPlay();
      await rest();
      await refuse();
      if (when === 'during the announcement') media.endPlay();
      await recorder.confirmConsent('call');
      await rest();
      expect(started()).toEqual([]);
      expect(readdirSync(directory)).toEqual([]);
      expect(view()?.recording).toBe('refused');
      expect(told()).toMatchObject([{ because: 'notStarted', kept: false }]);
    },
  );

  it('just as the recorder starts: it is stopped', async () => {
    await join({ announce: false });
    await refuse();
    await turnsUntil('stopped', () => started().length === media.inputs('stopRecording').length);
    await recorder.settled();
    expect(view()).toMatchObject({ recording: 'refused', recordingId: null });
    expect(row()?.state).not.toBe('recording');
  });

  it('where a law demands a recording: the call must be ended', async () => {
    await join({ announce: false, mandatory: true });
    await on();
    expect(await refuse()).toEqual({ mustEnd: true });
    expect(await refuse()).toEqual({ mustEnd: true });
    expect(told()).toMatchObject([{ kept: true, mustEnd: true }]);
  });

  it('where a rule forbids recording anyway: nothing changes', async () => {
    await join({ forbidden: true });
    expect(await refuse()).toEqual({ mustEnd: false });
    expect(told()).toEqual([]);
  });

  it('in a call that is over: there is no such call', async () => {
    await join({});
    end();
    await expect(refuse()).rejects.toMatchObject({ code: 'call.unknown' });
  });
});
