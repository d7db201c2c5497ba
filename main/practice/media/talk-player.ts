import type { Random } from '#shared/util/index.ts';
import type { PromptLibrary } from '../audio/prompt-library.ts';
import { frameMs, frameSamples, ToneGenerator } from '../audio/tone.ts';
import { levelDbfs } from '../audio/tone-measure.ts';
import { drawMs, type Step, type Talk } from '../scenario/index.ts';

export interface TalkActions {
  press(digits: string, toneMs: number, gapMs: number): void;
  hold(held: boolean): void;
  hangUp(): void;
}

export interface TalkPlayerOptions {
  talk: Talk;
  prompts: PromptLibrary;
  random: Random;
  actions: TalkActions;
}

/** Plays one frame of a step. @returns null when the step is over */
type PlayFrame = (heard: Int16Array | null) => Int16Array | null;

const silence = new Int16Array(frameSamples);

/**
 * Goes through a debtor's steps. It has no timer of its own: each call of `nextFrame` is 20 ms of the call, so it can be
 * run at any speed, and stands still with the call.
 */
export class TalkPlayer {
  readonly #options: TalkPlayerOptions;
  readonly #patienceFrames: number;
  #position = 0;
  #current: PlayFrame | null = null;
  #framesPlayed = 0;
  #done = false;

  constructor(options: TalkPlayerOptions) {
    this.#options = options;
    const patience = options.talk.hangUpAfterMs;
    this.#patienceFrames =
      patience === undefined
        ? Number.POSITIVE_INFINITY
        : toFrames(drawMs(patience, options.random));
  }

  /** @param heard the latest frame from the other end, null when none came in these 20 ms */
  nextFrame(heard: Int16Array | null): Int16Array {
    this.#framesPlayed += 1;
    if (!this.#done && this.#framesPlayed > this.#patienceFrames) this.#hangUp();
    // At most one round of steps a frame: steps without length must not spin.
    for (let tries = 0; tries <= this.#options.talk.steps.length && !this.#done; tries += 1) {
      this.#current ??= this.#startNext();
      const frame = this.#current?.(heard);
      if (frame) return frame;
      this.#current = null;
    }
    return silence;
  }

  #startNext(): PlayFrame | null {
    const { talk } = this.#options;
    if (this.#position >= talk.steps.length) {
      if (talk.whenDone === 'hangUp') this.#hangUp();
      this.#position = talk.whenDone === 'repeat' ? 0 : this.#position;
      if (this.#position >= talk.steps.length) return null;
    }
    const step = talk.steps[this.#position];
    this.#position += 1;
    return step === undefined ? null : this.#start(step);
  }

  #start(step: Step): PlayFrame {
    const { random, actions } = this.#options;
    if ('say' in step) return this.#say(step.say);
    if ('pauseMs' in step) return playFor(drawMs(step.pauseMs, random), () => silence);
    if ('listen' in step) return listenUntilQuiet(step.listen, drawMs(step.listen.maxMs, random));
    if ('tone' in step) {
      const tone = new ToneGenerator(step.tone);
      const ms = step.tone.ms === undefined ? null : drawMs(step.tone.ms, random);
      return playFor(ms, () => tone.nextFrame());
    }
    if ('press' in step) {
      actions.press(step.press, step.toneMs, step.gapMs);
      return playFor(step.press.length * (step.toneMs + step.gapMs), () => silence);
    }
    if ('echoMs' in step) return playFor(drawMs(step.echoMs, random), (heard) => heard ?? silence);
    if ('holdMs' in step) return this.#hold(drawMs(step.holdMs, random));
    this.#hangUp();
    return () => null;
  }

  #say(names: string | readonly string[]): PlayFrame {
    const { prompts, random } = this.#options;
    const choices = typeof names === 'string' ? [names] : names;
    const name = choices[Math.floor(random.next() * choices.length)] ?? '';
    const samples = prompts.samples(name);
    let offset = 0;
    return () => {
      if (offset >= samples.length) return null;
      const frame = new Int16Array(frameSamples);
      frame.set(samples.subarray(offset, offset + frameSamples));
      offset += frameSamples;
      return frame;
    };
  }

  #hold(ms: number): PlayFrame {
    const { actions } = this.#options;
    const wait = playFor(ms, () => silence);
    actions.hold(true);
    return (heard) => {
      const frame = wait(heard);
      if (frame === null) actions.hold(false);
      return frame;
    };
  }

  #hangUp(): void {
    if (this.#done) return;
    this.#done = true;
    this.#options.actions.hangUp();
  }
}

function toFrames(ms: number): number {
  return Math.round(ms / frameMs);
}

/** @param ms null for ever */
function playFor(ms: number | null, play: (heard: Int16Array | null) => Int16Array): PlayFrame {
  let left = ms === null ? Number.POSITIVE_INFINITY : toFrames(ms);
  return (heard) => {
    if (left <= 0) return null;
    left -= 1;
    return play(heard);
  };
}

function listenUntilQuiet(
  listen: { quietMs: number; levelDbfs: number },
  maxMs: number,
): PlayFrame {
  const quietFrames = toFrames(listen.quietMs);
  let left = toFrames(maxMs);
  let hasSpoken = false;
  let quiet = 0;
  return (heard) => {
    const isLoud = heard !== null && levelOf(heard) > listen.levelDbfs;
    hasSpoken ||= isLoud;
    quiet = isLoud ? 0 : quiet + 1;
    left -= 1;
    if (left < 0 || (hasSpoken && quiet > quietFrames)) return null;
    return silence;
  };
}

/** RMS level of one frame in dB relative to full scale. */
export function levelOf(frame: Int16Array): number {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  return levelDbfs(sum, frame.length);
}
