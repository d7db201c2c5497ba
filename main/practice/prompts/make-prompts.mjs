/**
 * Makes the speech that ships with the program: what practice debtors say (resources/practice/prompts, µ-law) and the
 * engine's own announcements (resources/prompts, 16 bit). Needed only when `prompt-texts.json` changes; the results
 * are committed. Mandarin is spoken from pinyin (`spoken`): espeak-ng ships without its list of characters. Needs `espeak-ng` and `sox` on the PATH. Run from the root of the project:
 *
 *   node main/practice/prompts/make-prompts.mjs
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const texts = JSON.parse(readFileSync(join(import.meta.dirname, 'prompt-texts.json'), 'utf8'));
const scratch = mkdtempSync(join(tmpdir(), 'dialdesk-prompts-'));

/** The band of a telephone line, and one loudness for all voices (espeak's differ by 10 dB). */
const telephoneEffects = [
  ...['gain', '-6', 'highpass', '220', 'lowpass', '3500', 'rate', '8000'],
  ...['silence', '1', '0.02', '0.5%', 'reverse', 'silence', '1', '0.02', '0.5%', 'reverse'],
  ...['compand', '0.02,0.2', '6:-70,-60,-20', '-9', 'gain', '-n', '-4', 'pad', '0.05', '0.1'],
];

function speak({ language, variant, speed = 155, pitch = 50, text, file, encoding }) {
  const raw = join(scratch, 'raw.wav');
  const voice = `${language}+${variant}`;
  const prosody = ['-s', String(speed), '-p', String(pitch), '-a', '60'];
  execFileSync('espeak-ng', ['-v', voice, ...prosody, '-w', raw, text]);
  mkdirSync(dirname(file), { recursive: true });
  execFileSync('sox', ['-R', raw, '-c', '1', '-D', ...encoding, file, ...telephoneEffects]);
}

/** A line is its text, or `{text, spoken}` where espeak-ng needs another spelling. */
const spoken = (line) => (typeof line === 'string' ? line : (line.spoken ?? line.text));

const muLaw = ['-e', 'mu-law', '-b', '8'];
const linear = ['-e', 'signed-integer', '-b', '16'];

function makePractice(language, pack) {
  const folder = join(root, 'resources/practice/prompts', language);
  const say = (voiceName, line, file) => {
    const voice = pack.voices[voiceName];
    const espeak = voice.espeak ?? pack.espeak ?? language;
    speak({
      ...voice,
      language: espeak,
      text: spoken(line),
      file: join(folder, file),
      encoding: muLaw,
    });
  };
  for (const voiceName of Object.keys(pack.voices)) {
    for (const [name, line] of Object.entries(pack.lines)) {
      say(voiceName, line, `${voiceName}/${name}.wav`);
    }
  }
  say(pack.voicemail.voice, pack.voicemail, 'voicemail.wav');
  say(Object.keys(pack.voices)[0], pack.intercept, 'intercept.wav');
}

function makeAnnouncements(language, pack) {
  for (const [name, line] of Object.entries(pack.lines)) {
    const file = join(root, 'resources/prompts', language, `${name}.wav`);
    const espeak = pack.espeak ?? language;
    speak({
      language: espeak,
      variant: pack.variant,
      text: spoken(line),
      file,
      encoding: linear,
    });
  }
}

try {
  for (const [language, pack] of Object.entries(texts.practice)) makePractice(language, pack);
  for (const [language, pack] of Object.entries(texts.engine)) makeAnnouncements(language, pack);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
