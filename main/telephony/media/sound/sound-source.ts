/** Something that is pulled one 20 ms µ-law frame at a time. */
export interface SoundSource {
  /** 160 µ-law bytes, or null when it has ended (and ever after) */
  nextFrame(): Uint8Array | null;
}
