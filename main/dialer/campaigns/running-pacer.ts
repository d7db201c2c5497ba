import { isDeepStrictEqual } from 'node:util';
import type { AbandonmentBudget } from '#shared/contract/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Store } from '../../store/types.ts';
import {
  createPacer,
  type Pacer,
  type PacerAnswer,
  type PacerConfigInput,
  type PacerLine,
} from '../pacing/index.ts';
import { pacingLogWrites, SegmentRecorder } from '../pacing-log/index.ts';
import type { CampaignRecord } from './campaign-queries.ts';
import { answerToAgentMaxMs, pacerConfigOf } from './pacer-config.ts';
import type { FeedLine, PacerFeed } from './pacer-feed.ts';

export interface RunningPacerOptions {
  store: Store;
  clock: Clock;
  newId(): string;
  /** budgets of abandoned calls that rules set for this campaign */
  budgetsOf(campaignId: string): AbandonmentBudget[];
  log(message: string, details?: Record<string, unknown>): void;
}

const KEEP_LEARNED_EVERY_MS = 180_000;

/** The pacer of a running campaign: set anew when its settings change, recorded, and what it learns is kept. */
export class RunningPacer {
  readonly #options: RunningPacerOptions;
  readonly #campaignId: string;
  readonly #feed: PacerFeed;
  readonly #startedAt: number;
  readonly #startedMonotonic: number;
  #pacer: Pacer;
  #recorder: SegmentRecorder;
  #settings: CampaignRecord['settings'];
  #cancelKeep: () => void;
  /** the shortest time that settings and rules allow from an answer to an agent */
  answerToAgentMaxMs = 0;
  last: PacerAnswer | null = null;
  lastDialAt: number | null = null;

  constructor(options: RunningPacerOptions, record: CampaignRecord, feed: PacerFeed) {
    this.#options = options;
    this.#campaignId = record.campaignId;
    this.#feed = feed;
    this.#settings = record.settings;
    this.#startedAt = options.clock.now();
    this.#startedMonotonic = options.clock.monotonic();
    const { pacer, recorder } = this.#open(record, undefined);
    this.#pacer = pacer;
    this.#recorder = recorder;
    this.#cancelKeep = this.#keepLater();
    feed.repeat((line) => this.tell(line));
  }

  /** Settings that pacing rests on were changed: it goes on with what it has learnt. */
  set(record: CampaignRecord): void {
    if (samePacing(this.#settings, record.settings)) return;
    this.#settings = record.settings;
    void this.#recorder.close();
    const { pacer, recorder } = this.#open(record, this.#pacer.learned());
    this.#pacer = pacer;
    this.#recorder = recorder;
    this.#feed.repeat((line) => this.tell(line));
  }

  tell(line: FeedLine): void {
    const timed = { at: this.#at(), ...line } as PacerLine;
    this.#pacer.feed(timed);
    this.#recorder.note(timed, null);
  }

  decide(): PacerAnswer {
    const line = { at: this.#at(), type: 'decide' } as const;
    const answer = this.#pacer.feed(line);
    if (answer === null) throw new Error('a pacer answers each decide');
    this.#recorder.note(line, answer);
    this.last = answer;
    if (answer.dial > 0) this.lastDialAt = answer.at;
    return answer;
  }

  learned(): unknown {
    return this.#pacer.learned();
  }

  /** Resolves when what was recorded so far can be read. */
  flush(): Promise<void> {
    return this.#recorder.flush();
  }

  /** Resolves when everything recorded is written. */
  async stop(): Promise<void> {
    this.#cancelKeep();
    await Promise.all([this.#keep(), this.#recorder.close()]);
  }

  /** Wall time that never goes back: what the clock was set to meanwhile is nothing to the pacer. */
  #at(): number {
    const passed = this.#options.clock.monotonic() - this.#startedMonotonic;
    return this.#startedAt + Math.round(passed);
  }

  #open(record: CampaignRecord, learned: unknown) {
    const { store, clock, newId, budgetsOf, log } = this.#options;
    const { campaignId, settings } = record;
    const budgets = budgetsOf(campaignId);
    const now = clock.now();
    this.answerToAgentMaxMs = answerToAgentMaxMs(settings, budgets);
    const config = pacerConfigOf({ read: store.read, campaignId, settings, budgets, now });
    // Exactly what is written down is what the pacer gets: else a replay would begin with other numbers.
    const configJson = JSON.stringify(learned === undefined ? config : { ...config, learned });
    const pacer = createPacer(JSON.parse(configJson) as PacerConfigInput);
    const startedAt = this.#at();
    const segment = { segmentId: newId(), campaignId, startedAt, configJson };
    return { pacer, recorder: new SegmentRecorder({ store, clock, log, ...segment }) };
  }

  #keepLater(): () => void {
    return this.#options.clock.setTimer(KEEP_LEARNED_EVERY_MS, () => {
      void this.#keep();
      this.#cancelKeep = this.#keepLater();
    });
  }

  async #keep(): Promise<void> {
    const { store, log } = this.#options;
    const row = {
      campaignId: this.#campaignId,
      learnedJson: JSON.stringify(this.#pacer.learned()),
    };
    await store
      .write(pacingLogWrites, 'pacing-log.learned', row, { priority: 'import' })
      .catch((error: unknown) => log('learned state not kept', { error: String(error) }));
  }
}

function samePacing(one: CampaignRecord['settings'], other: CampaignRecord['settings']): boolean {
  const paced = (settings: CampaignRecord['settings']) => ({
    mode: settings.mode,
    pacing: settings.pacing,
    answerToAgentMaxMs: settings.answerToAgentMaxMs,
    maxConcurrentCalls: settings.maxConcurrentCalls,
    ringTimeoutMs: settings.ringTimeoutMs,
  });
  return isDeepStrictEqual(paced(one), paced(other));
}
