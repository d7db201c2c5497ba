import { alaw, mulaw } from 'alawmulaw';
import { describe, expect, it } from 'vitest';
import {
  A_LAW_DECODE,
  A_LAW_ENCODE,
  aLawToMuLaw,
  decodeMuLaw,
  encodeMuLaw,
  MU_LAW_DECODE,
  MU_LAW_ENCODE,
  muLawToALaw,
} from './g711.ts';

const CODES = Array.from({ length: 256 }, (_, code) => code);

describe('G.711 tables', () => {
  it('decode as an independent implementation does', () => {
    expect([...MU_LAW_DECODE]).toEqual([...mulaw.decode(Uint8Array.from(CODES))]);
    expect([...A_LAW_DECODE]).toEqual([...alaw.decode(Uint8Array.from(CODES))]);
  });

  it('encode every decoded value back to its own code (both zeros are one)', () => {
    for (const code of CODES) {
      const muLaw = MU_LAW_DECODE[code]!;
      expect(MU_LAW_DECODE[MU_LAW_ENCODE[muLaw & 0xffff]!]).toBe(muLaw);
      const aLaw = A_LAW_DECODE[code]!;
      expect(A_LAW_ENCODE[aLaw & 0xffff]).toBe(code);
    }
  });

  it('encode every sample to a value no further away than half a step', () => {
    for (let sample = -32_768; sample <= 32_767; sample += 7) {
      const clipped = Math.max(-32_635, Math.min(32_635, sample));
      const step = Math.max(8, Math.abs(clipped) / 16);
      expect(
        Math.abs(MU_LAW_DECODE[MU_LAW_ENCODE[sample & 0xffff]!]! - clipped),
      ).toBeLessThanOrEqual(step);
      const aStep = Math.max(16, Math.abs(sample) / 16);
      expect(Math.abs(A_LAW_DECODE[A_LAW_ENCODE[sample & 0xffff]!]! - sample)).toBeLessThanOrEqual(
        aStep,
      );
    }
  });

  it('turn A-law into µ-law and back without moving by more than one A-law step', () => {
    const there = muLawToALaw(aLawToMuLaw(Uint8Array.from(CODES)));
    for (const code of CODES) {
      const before = A_LAW_DECODE[code]!;
      const after = A_LAW_DECODE[there[code]!]!;
      expect(Math.abs(after - before)).toBeLessThanOrEqual(Math.max(16, Math.abs(before) / 16));
    }
  });

  it('keep silence silent', () => {
    expect([...decodeMuLaw(encodeMuLaw([0, 0]))]).toEqual([0, 0]);
    expect([...muLawToALaw(Uint8Array.of(0xff))]).toEqual([0xd5]);
    expect(
      [...aLawToMuLaw(Uint8Array.of(0xd5))].map((code) => Math.abs(MU_LAW_DECODE[code]!)),
    ).toEqual([8]);
  });
});
