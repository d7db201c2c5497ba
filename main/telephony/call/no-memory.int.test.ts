import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MediaRig, type RigLeg, type RigLine } from '../media/test-support/media-rig.ts';

// Contact rules: no recorder keeps what was said before it may start, nor goes on once it was stopped.

let rig: MediaRig;
let line: RigLine;
let leg: RigLeg;
let directory: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'dialdesk-no-memory-'));
  rig = new MediaRig();
  await rig.start();
  line = await rig.line({ firstSequenceNumber: 1, firstTimestamp: 0 });
  leg = await rig.leg();
  line.agent.tone(440);
  leg.debtor.tone(1_000);
});
afterEach(async () => {
  await rig.close();
  rmSync(directory, { recursive: true, force: true });
});

/** They have talked for so long, by the packets that the debtor heard. */
async function talk(packets: number): Promise<void> {
  const { heard } = leg.carrier;
  heard.clear();
  await heard.until(`${packets} packets`, (now) => now.packets.length >= packets);
}

it('a recording begins with its start and ends with its stop', async () => {
  await rig.media.request('join', { legId: leg.legId, lineId: line.lineId, alertTone: false });
  await talk(100);
  expect(readdirSync(directory)).toEqual([]);

  const file = join(directory, 'recording.ddr');
  const startedAt = performance.now();
  await rig.media.request('startRecording', {
    recordingId: 'recording',
    legId: leg.legId,
    file,
    keyHex: '42'.repeat(32),
  });
  await talk(25);
  const { durationMs } = await rig.media.request('stopRecording', { recordingId: 'recording' });
  // two seconds had been spoken before: none of them is in it
  expect(durationMs).toBeGreaterThan(300);
  expect(durationMs).toBeLessThanOrEqual(performance.now() - startedAt + 40);

  const bytes = statSync(file).size;
  await talk(50);
  expect(statSync(file).size).toBe(bytes);
});
