import { MU_LAW_DECODE } from '../../main/telephony/media/sound/g711.ts';
import { toneLevelDbfs } from '../../main/telephony/media/sound/tone-level.ts';
import type { HeardAudio } from '../../main/telephony/media/test-support/heard-audio.ts';
import { debtorTonesHz } from './world.ts';

/** of 16-bit samples; the tones of debtors reach 4600 */
const LOUD = 1_000;
const FRAMES = 8;
const LEAST_DBFS = -35;

/** Listens to an agent's line, packet by packet, and keeps no more than it must. */
export class Ear {
  #soundAt: number | null = null;
  #frames: Uint8Array[] = [];

  /** @param heard from here on its packets are not collected */
  constructor(heard: HeardAudio) {
    heard.add = ({ payload, payloadType }) => {
      if (payloadType === 0) this.#hear(payload);
    };
  }

  /** Another debtor comes next. */
  forget(): void {
    this.#soundAt = null;
    this.#frames = [];
  }

  /** When this debtor was heard first, epoch ms; null: not yet. */
  get soundAt(): number | null {
    return this.#soundAt;
  }

  /** @returns which debtor's tone was heard last, Hz */
  tone(): number | null {
    const samples = this.#frames.flatMap((frame) => Array.from(frame, decode));
    const levels = debtorTonesHz.map((hz) => ({ hz, level: toneLevelDbfs(samples, hz) }));
    const best = levels.reduce((one, other) => (other.level > one.level ? other : one));
    return best.level < LEAST_DBFS ? null : best.hz;
  }

  #hear(payload: Uint8Array): void {
    if (!payload.some((code) => Math.abs(decode(code)) > LOUD)) return;
    this.#soundAt ??= Date.now();
    this.#frames.push(Uint8Array.from(payload));
    if (this.#frames.length > FRAMES) this.#frames.shift();
  }
}

const decode = (code: number): number => MU_LAW_DECODE[code] ?? 0;
