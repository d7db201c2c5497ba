import type { SoundSource } from './sound-source.ts';
import { ToneSource } from './tone-source.ts';

/** What an agent hears when a call is pushed: short, and soft enough for eight hours of it. */
export function alertTone(): SoundSource {
  return new ToneSource({ frequenciesHz: [660, 880], durationMs: 160, levelDbfs: -24 });
}
