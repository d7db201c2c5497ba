import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import {
  BytesSource,
  decodeMuLaw,
  muLawFromWav,
  muLawToALaw,
} from '../../telephony/media/index.ts';
import { convertMessage, LARGEST_MESSAGE_BYTES } from './convert-message.ts';
import { toneData, type WavShape, wavFile } from './wav.fixture.ts';

const refusals = [
  'campaign.message-not-wav',
  'campaign.message-length',
  'campaign.message-silent',
  'campaign.message-too-large',
];
const codeOf = (file: Buffer) =>
  convertMessage(file).then(
    () => 'taken',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

/** What is heard on a line, as the media process reads it. */
const heard = (wav: Buffer): Int16Array => Int16Array.from(decodeMuLaw(muLawFromWav(wav)));

/** Strength of one tone, in the samples' own unit. */
function strengthAt(samples: Int16Array, hz: number): number {
  let real = 0;
  let imaginary = 0;
  for (const [at, sample] of samples.entries()) {
    real += sample * Math.cos((2 * Math.PI * hz * at) / 8_000);
    imaginary += sample * Math.sin((2 * Math.PI * hz * at) / 8_000);
  }
  return (2 * Math.hypot(real, imaginary)) / samples.length;
}

describe('a recorded message', () => {
  it.each<[string, WavShape]>([
    ['8 kHz mono', {}],
    ['8 kHz stereo', { channels: 2 }],
    ['11.025 kHz mono', { rate: 11_025 }],
    ['44.1 kHz stereo', { rate: 44_100, channels: 2 }],
    ['48 kHz mono', { rate: 48_000 }],
    ['a rate that shares nothing with the line', { rate: 47_999 }],
    ['behind chunks that nobody needs, in the longer format', { withList: true, extensible: true }],
  ])('%s is heard on the line as it was recorded', async (_name, shape) => {
    const { wav, durationMs } = await convertMessage(wavFile(toneData(1.5, shape), shape));
    expect(Math.abs(durationMs - 1_500)).toBeLessThan(3);
    const samples = heard(wav);
    expect(Math.abs(samples.length - 12_000)).toBeLessThan(20);
    const strength = strengthAt(samples, 440);
    expect(strength).toBeGreaterThan(7_600);
    expect(strength).toBeLessThan(8_400);
    expect(new BytesSource(muLawFromWav(wav), false).nextFrame()).not.toBeNull();
  });

  it('in G.711 of either law is heard too', async () => {
    const muLaw = muLawFromWav(wavFile(toneData(1.2)));
    const aLaw = muLawToALaw(muLaw);
    for (const [coding, bytes] of [
      ['muLaw', muLaw],
      ['aLaw', aLaw],
    ] as const) {
      const { wav } = await convertMessage(wavFile(Buffer.from(bytes), { coding }));
      expect(strengthAt(heard(wav), 440)).toBeGreaterThan(7_600);
    }
  });

  it('loses what a line cannot carry instead of folding it into the speech', async () => {
    const speech = toneData(1, { rate: 16_000 });
    const hiss = toneData(1, { rate: 16_000, hz: 7_000 });
    for (let at = 0; at < speech.length; at += 2)
      speech.writeInt16LE(speech.readInt16LE(at) + hiss.readInt16LE(at), at);
    const samples = heard((await convertMessage(wavFile(speech, { rate: 16_000 }))).wav);
    expect(strengthAt(samples, 440)).toBeGreaterThan(7_600);
    expect(strengthAt(samples, 1_000)).toBeLessThan(40);
  });

  it('is refused with what is wrong with it', async () => {
    const tone = toneData(1.5);
    expect(await codeOf(wavFile(toneData(0.9)))).toBe('campaign.message-length');
    expect(await codeOf(wavFile(toneData(30.1)))).toBe('campaign.message-length');
    expect(await codeOf(wavFile(toneData(30)))).toBe('taken');
    expect(await codeOf(wavFile(Buffer.alloc(24_000)))).toBe('campaign.message-silent');
    const level = Buffer.alloc(24_000, Buffer.from([0, 32]));
    expect(await codeOf(wavFile(level))).toBe('campaign.message-silent');
    expect(await codeOf(wavFile(tone, { rate: 7_999 }))).toBe('campaign.message-not-wav');
    expect(await codeOf(wavFile(tone, { rate: 48_001 }))).toBe('campaign.message-not-wav');
    expect(await codeOf(wavFile(tone, { channels: 3 }))).toBe('campaign.message-not-wav');
    expect(await codeOf(wavFile(tone, { bits: 24 }))).toBe('campaign.message-not-wav');
    expect(await codeOf(Buffer.from('ID3 an MP3'))).toBe('campaign.message-not-wav');
    expect(await codeOf(Buffer.alloc(LARGEST_MESSAGE_BYTES + 1))).toBe(
      'campaign.message-too-large',
    );
  });

  it('whatever its bytes are is taken or refused, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect(refusals).toContain(await codeOf(Buffer.from(bytes)));
      }),
      { numRuns: 200 },
    );
  });

  it('damaged in any place, or cut off, is taken or refused, and nothing else', async () => {
    const whole = wavFile(toneData(1.1), { withList: true, extensible: true });
    const damage = fc.record({
      end: fc.integer({ min: 0, max: whole.length }),
      at: fc.integer({ min: 0, max: 90 }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ end, at, bytes }) => {
        const file = Buffer.from(whole);
        file.set(bytes, at);
        const outcome = await convertMessage(file.subarray(0, end)).catch(
          (error: unknown) => error,
        );
        if (outcome instanceof Error) {
          expect(refusals).toContain((outcome as AppError).code);
          return;
        }
        const { durationMs, wav } = outcome as { durationMs: number; wav: Buffer };
        // what was taken can be played, and says how long it is
        expect(heard(wav).length / 8).toBeCloseTo(durationMs, -1);
      }),
      { numRuns: 200 },
    );
  });
});
