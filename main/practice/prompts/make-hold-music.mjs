/**
 * Makes resources/music/hold.wav: a quiet piece of our own, plucked chords under a slow melody, 19.2 s, that loops
 * without a click (every note rings on round the end into the beginning). Run from the root of the project:
 *
 *   node main/practice/prompts/make-hold-music.mjs
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sampleRateHz = 8000;
const beatMs = 600;
const beats = 32;
const length = (sampleRateHz * beatMs * beats) / 1000;
const mix = new Float64Array(length);

const midiHz = (note) => 440 * 2 ** ((note - 69) / 12);

/** Adds one note: a few harmonics that fade, started softly; what exceeds the end goes on at the beginning. */
function addNote(beat, note, { level, fadeMs, harmonics }) {
  const start = Math.round((beat * beatMs * sampleRateHz) / 1000);
  const hz = midiHz(note);
  const samples = Math.round((fadeMs * 5 * sampleRateHz) / 1000);
  for (let i = 0; i < samples; i += 1) {
    const seconds = i / sampleRateHz;
    const attack = Math.min(1, seconds / 0.02);
    const envelope = level * attack * Math.exp((-seconds * 1000) / fadeMs);
    let value = 0;
    harmonics.forEach((strength, index) => {
      const partialHz = hz * (index + 1);
      if (partialHz < 3400) value += strength * Math.sin(2 * Math.PI * partialHz * seconds);
    });
    mix[(start + i) % length] += envelope * value;
  }
}

/** eight bars of four beats: C, Am, F, G, Em, Am, Dm, G as broken chords */
const chords = [
  [48, 55, 60, 64],
  [45, 52, 57, 60],
  [53, 57, 60, 65],
  [43, 50, 55, 59],
  [52, 55, 59, 64],
  [45, 52, 57, 60],
  [50, 53, 57, 62],
  [43, 50, 55, 59],
];
const pluck = { level: 0.16, fadeMs: 420, harmonics: [1, 0.35, 0.12] };
chords.forEach((chord, bar) => {
  for (const [step, note] of chord.entries()) addNote(bar * 4 + step, note + 12, pluck);
  addNote(bar * 4 + 2.5, chord[2] + 12, { ...pluck, level: 0.08 });
});

/** beat and note; a long, flute-like tone */
const melody = [
  [0, 76],
  [2, 79],
  [4, 72],
  [6, 76],
  [8, 77],
  [10, 76],
  [11, 74],
  [12, 74],
  [16, 71],
  [18, 74],
  [20, 72],
  [22, 69],
  [24, 69],
  [26, 72],
  [28, 71],
  [30, 74],
];
for (const [beat, note] of melody) {
  addNote(beat, note, { level: 0.2, fadeMs: 700, harmonics: [1, 0.12, 0.05] });
}

function toWav(samples, peakDbfs) {
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const gain = (32768 * 10 ** (peakDbfs / 20)) / peak;
  const wav = Buffer.alloc(44 + samples.length * 2);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + samples.length * 2, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(sampleRateHz, 24);
  wav.writeUInt32LE(sampleRateHz * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(samples.length * 2, 40);
  for (const [index, value] of samples.entries()) {
    wav.writeInt16LE(Math.round(value * gain), 44 + index * 2);
  }
  return wav;
}

const folder = join(import.meta.dirname, '../../../resources/music');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'hold.wav'), toWav(mix, -9));
