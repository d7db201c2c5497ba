import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toneLevelDbfs } from '../media/index.ts';
import { MediaRig, type RigLeg, type RigLine } from '../media/test-support/media-rig.ts';
import { systemClock } from '../media/test-support/system-clock.ts';
import { openRecording, recoverRecording } from './index.ts';

const KEY = randomBytes(32);

describe('recording a live call', () => {
  let rig: MediaRig;
  let directory: string;
  let file: string;
  let leg: RigLeg;
  let line: RigLine;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'recording-'));
    file = join(directory, 'call.rec');
    rig = new MediaRig();
    await rig.start();
    leg = await rig.leg();
    line = await rig.line();
    leg.debtor.tone(1_000, -15.3);
    line.agent.tone(440, -10.5);
    await rig.media.request('join', { legId: leg.legId, lineId: line.lineId, alertTone: false });
    await leg.carrier.heard.until(
      'agent',
      (heard) => heard.packets.length > 30 && heard.tone(440, 10) > -11,
    );
    await rig.media.request('startRecording', {
      recordingId: 'r1',
      legId: leg.legId,
      file,
      keyHex: KEY.toString('hex'),
    });
    leg.carrier.heard.clear();
  });

  afterEach(async () => {
    await rig.close();
    await rm(directory, { recursive: true });
  });

  it('has the debtor left and the agent right, at their levels', async () => {
    await leg.carrier.heard.until('3 s', (heard) => heard.packets.length >= 150);
    const { durationMs, bytes } = await rig.media.request('stopRecording', { recordingId: 'r1' });
    expect(durationMs).toBeGreaterThan(2_800);
    expect((await readFile(file)).length).toBe(bytes);
    const { left, right } = await hear(0.5, 2);
    expect(toneLevelDbfs(left, 1_000)).toBeCloseTo(-15.3, 1);
    expect(toneLevelDbfs(right, 440)).toBeCloseTo(-10.5, 1);
    expect(toneLevelDbfs(left, 440)).toBeLessThan(-55);
    expect(toneLevelDbfs(right, 1_000)).toBeLessThan(-55);
  });

  it('records hold as silence with marks, and a closed leg ends properly', async () => {
    await leg.carrier.heard.until('1 s', (heard) => heard.packets.length >= 50);
    await rig.media.request('hold', { legId: leg.legId });
    await leg.carrier.heard.until('2 s', (heard) => heard.packets.length >= 100);
    await rig.media.request('resume', { legId: leg.legId });
    await leg.carrier.heard.until('3 s', (heard) => heard.packets.length >= 150);
    await rig.media.request('closeTrunkLeg', { legId: leg.legId });
    const { durationMs } = await rig.media.request('stopRecording', { recordingId: 'r1' });
    const recording = await openRecording(file, KEY);
    expect(recording).toMatchObject({ state: 'complete', durationMs });
    const marks = await recording.readMarks();
    await recording.close();
    expect(marks.map(({ kind }) => kind)).toEqual(['held', 'resumed']);
    const heldAtS = (marks[0]?.atMs ?? 0) / 1000;
    const { left, right } = await hear(heldAtS + 0.1, 0.5);
    expect(left.every((sample) => sample === 0)).toBe(true);
    expect(right.every((sample) => sample === 0)).toBe(true);
  });

  it('leaves no file when the leg is closed while its recorder is being made', async () => {
    await rig.media.request('stopRecording', { recordingId: 'r1' });
    const other = join(directory, 'other.rec');
    const keyHex = KEY.toString('hex');
    const { legId } = leg;
    const starting = rig.media
      .request('startRecording', { recordingId: 'r2', legId, file: other, keyHex })
      .then(
        () => true,
        () => false,
      );
    await rig.media.request('closeTrunkLeg', { legId });
    const isRecorded = await starting;
    expect(existsSync(other)).toBe(isRecorded);
  });

  it('survives kill -9 with all but the last second, and the process is back', async () => {
    const killedAt = leg.carrier.heard.until('3.5 s', (heard) => heard.packets.length >= 175);
    await killedAt;
    const restarted = new Promise<number>((resolve) => {
      rig.media.onRestart(() => resolve(systemClock.monotonic()));
    });
    const pid = rig.media.pid ?? 0;
    const pending = rig.media.request('stopRecording', { recordingId: 'r1' });
    const outcome = pending.then(
      () => 'answered',
      (error: { code: string }) => error.code,
    );
    const diedAtMs = systemClock.monotonic();
    process.kill(pid, 'SIGKILL');
    const backAfterMs = (await restarted) - diedAtMs;
    process.stdout.write(`media process back and configured after ${backAfterMs.toFixed(0)} ms\n`);
    expect(['answered', 'media.restarted']).toContain(await outcome);
    expect(backAfterMs).toBeLessThan(1_500);
    expect(rig.media.pid).not.toBe(pid);

    const recovered = await recoverRecording(file, KEY);
    expect(recovered.durationMs).toBeGreaterThanOrEqual(2_400);
    const { left, right } = await hear(0.5, 1.5);
    expect(toneLevelDbfs(left, 1_000)).toBeCloseTo(-15.3, 1);
    expect(toneLevelDbfs(right, 440)).toBeCloseTo(-10.5, 1);

    const again = await rig.line();
    const second = await rig.leg();
    second.debtor.tone(1_500);
    await rig.media.request('join', {
      legId: second.legId,
      lineId: again.lineId,
      alertTone: false,
    });
    await again.softphone.heard.until(
      'the next debtor',
      (heard) => heard.packets.length > 10 && heard.tone(1_500, 10) > -20,
    );
  });

  /** both channels of a stretch, in seconds */
  async function hear(
    fromS: number,
    lengthS: number,
  ): Promise<{ left: number[]; right: number[] }> {
    const recording = await openRecording(file, KEY);
    const wav = await buffer(recording.createWavStream());
    await recording.close();
    const left: number[] = [];
    const right: number[] = [];
    const start = 44 + Math.round(fromS * 50) * 640;
    for (let at = start; at < start + lengthS * 32_000 && at + 4 <= wav.length; at += 4) {
      left.push(wav.readInt16LE(at));
      right.push(wav.readInt16LE(at + 2));
    }
    return { left, right };
  }
});
