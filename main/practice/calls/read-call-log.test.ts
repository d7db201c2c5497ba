import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { CallLog } from './call-log.ts';
import type { CallMediaRecord } from './call-record.ts';
import { numbersCalledTwice, readCallLog, summariseCalls } from './read-call-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'dialdesk-call-log-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const media: CallMediaRecord = {
  packetsSent: 10,
  packetsReceived: 10,
  packetsDropped: 0,
  firstPacketAfterAnswerMs: 12,
  firstSoundAfterAnswerMs: null,
  longestGapMs: 20,
  levelDbfs: -20,
  dominantHz: 440,
  dominantLevelDbfs: -20,
  windows: [],
};

it('reads the last state of each call, past a line that was cut off', () => {
  const file = join(folder, 'calls.jsonl');
  const log = new CallLog('run', (line) => appendFileSync(file, line));
  const numbers = ['+481', '+482', '+481'];
  const calls = numbers.map((to, index) =>
    log.open({
      sipCallId: `${index}`,
      direction: 'toDebtor',
      from: '+480',
      to,
      nthCall: log.countCall(to),
      behaviour: 'answer',
      invitedAt: 1000 + index,
    }),
  );
  calls.forEach(({ record, save }, index) => {
    if (index === 2) return;
    Object.assign(record, { answeredAt: 2000, endedAt: 3000, stillUp: false });
    record.media = { ...media, firstPacketAfterAnswerMs: 10 * (index + 1) };
    save();
  });
  appendFileSync(file, '{"runId":"run","callNumber":3,"stillUp":fal');

  const records = readCallLog(file);

  expect(records.map(({ nthCall, stillUp }) => [nthCall, stillUp])).toEqual([
    [1, false],
    [1, false],
    [2, true],
  ]);
  expect(records).toEqual(log.all());
  expect(numbersCalledTwice(records)).toEqual(['+481']);
  expect(summariseCalls(records)).toEqual({
    calls: 3,
    answered: 2,
    stillUp: 1,
    answerToFirstPacketMs: { count: 2, p50: 10, p90: 20, p99: 20, max: 20 },
    answerToFirstSoundMs: null,
  });
});
