import type { Clock } from '#shared/util/index.ts';
import type { Store } from '../../store/types.ts';
import { type EntryRefusal, NO_NUMBER } from '../lists/index.ts';
import { dialingModeOf } from '../settings/index.ts';
import type {
  AttemptRunner,
  CallerIdChooser,
  CallerIdQuestion,
  ChooseNumber,
  DebtorNumber,
  DueEntry,
  LookAhead,
  NumberOrder,
  NumberQuestion,
} from '../types.ts';
import { type CampaignRecord, callerNumber } from './campaign-queries.ts';
import { campaignWrites } from './campaign-writes.ts';

export interface DialNextOptions {
  store: Store;
  attempts: AttemptRunner;
  clock: Clock;
  /** absent: in the order of the list */
  numberOrder?: NumberOrder | undefined;
  /** absent: the first number, of which the door then decides */
  chooseNumber?: ChooseNumber | undefined;
  /** absent: nobody is looked at before their turn */
  lookAhead?: LookAhead | undefined;
  /** absent: the campaign's own number */
  callerIds?: CallerIdChooser | undefined;
}

/** A debtor with the number that may be called, as far as is known before the door is asked. */
export interface Dialable extends DueEntry {
  chosen: DebtorNumber;
}

export type Looked =
  | { dialable: Dialable }
  /** keeps its place and waits */
  | { refusal: EntryRefusal };

/** `reserved`: it dials. `refused`: by the door. `noCallerId`: no number may be shown now */
export type DialResult =
  | { kind: 'reserved'; callId: string; attemptId: string }
  | { kind: 'refused' }
  | { kind: 'noCallerId'; until: number | null };

export interface AgentOfCall {
  personId: string;
  callId: string;
}

/** Takes one debtor from the list to the wire: number, rules, number shown, door. */
export class DialNext {
  readonly #options: DialNextOptions;

  constructor(options: DialNextOptions) {
    this.#options = options;
  }

  /** One number may be refused and another not: whoever may be called at any is called there. */
  look(record: CampaignRecord, entry: DueEntry, withAgent: boolean): Looked {
    const { chooseNumber, clock } = this.#options;
    const ordered = this.#order(record, entry);
    if ('refusal' in ordered) return ordered;
    const { numbers } = ordered;
    const [first] = numbers;
    if (first === undefined) return { refusal: refusalOf(NO_NUMBER) };
    if (chooseNumber === undefined) return { dialable: { ...entry, chosen: first } };
    const verdict = chooseNumber(this.#question(record, entry, numbers, withAgent), clock.now());
    if (!verdict.allowed) return { refusal: refusalOf(verdict) };
    const { contactPointId, number } = verdict;
    return { dialable: { ...entry, chosen: { contactPointId, number } } };
  }

  /** These come likely next, and are called without an agent: what would be asked about them is asked between other work. */
  lookAhead(record: CampaignRecord, debtorIds: readonly string[]): void {
    this.#options.lookAhead?.(debtorIds, (debtorId, callable) => {
      const ordered = this.#order(record, { debtorId, ...callable });
      if ('refusal' in ordered || ordered.numbers.length === 0) return null;
      return this.#question(record, { debtorId, ...callable }, ordered.numbers, false);
    });
  }

  /** What keeps this entry from being dialed is written down; it waits until then. */
  async block(entryId: string, refusal: EntryRefusal): Promise<void> {
    await this.#options.store.write(campaignWrites, 'campaign.block-entry', { entryId, refusal });
  }

  /**
   * @param agent who is on the line already
   * @param answerToAgentMaxMs where a rule wants less than the campaign's settings
   */
  async dial(
    record: CampaignRecord,
    { chosen, ...entry }: Dialable,
    agent: AgentOfCall | null,
    answerToAgentMaxMs = record.settings.answerToAgentMaxMs,
  ): Promise<DialResult> {
    const { attempts, callerIds, clock } = this.#options;
    const { trunkId, campaignId, settings } = record;
    if (trunkId === null) return { kind: 'refused' };
    const { entryId, debtorId, debtId } = entry;
    const question = callerIdQuestion(record, trunkId, debtorId, chosen);
    const shown = this.#callerId(question);
    if (!shown.ok) return { kind: 'noCallerId', until: shown.until };
    const started = await attempts.start(
      {
        mode: modeOf(record, agent !== null),
        debtorId,
        debtId,
        ...chosen,
        trunkId,
        callerId: shown.e164,
        campaignId,
        entryId,
        personId: agent?.personId ?? null,
        ringTimeoutMs: settings.ringTimeoutMs,
        answerToAgentMaxMs,
        recordCalls: settings.recordCalls,
      },
      agent?.callId,
    );
    if (!started.ok) return { kind: 'refused' };
    callerIds?.onStarted(shown.e164, question, clock.now());
    return { kind: 'reserved', callId: started.callId, attemptId: started.attemptId };
  }

  #question(
    record: CampaignRecord,
    { debtorId, debtId }: Pick<DueEntry, 'debtorId' | 'debtId'>,
    numbers: readonly DebtorNumber[],
    withAgent: boolean,
  ): NumberQuestion {
    const callerId = callerNumber(this.#options.store.read, record.callerIdId);
    const { recordCalls } = record.settings;
    const mode = modeOf(record, withAgent);
    return { debtorId, debtId, mode, callerId, recordCalls, numbers };
  }

  #order(
    record: CampaignRecord,
    entry: Pick<DueEntry, 'debtorId' | 'numbers'>,
  ): { numbers: readonly DebtorNumber[] } | { refusal: EntryRefusal } {
    const { numberOrder, clock } = this.#options;
    if (numberOrder === undefined || entry.numbers.length === 0) return entry;
    const { numbers: rules, lookup } = record.settings;
    const { debtorId, numbers } = entry;
    const question = { debtorId, rules, absentWaitMs: lookup.absentWaitMs, numbers };
    const ordered = numberOrder.order(question, clock.now());
    if (!('until' in ordered)) return ordered;
    const { until, because } = ordered;
    return { refusal: { nextAllowedAt: until, because, rule: because, pack: 'numbers' } };
  }

  #callerId(
    question: CallerIdQuestion,
  ): { ok: true; e164: string } | { ok: false; until: number | null } {
    const { callerIds, clock, store } = this.#options;
    if (callerIds !== undefined) return callerIds.choose(question, clock.now());
    const e164 = callerNumber(store.read, question.callerIdId);
    return e164 === null ? { ok: false, until: null } : { ok: true, e164 };
  }
}

function modeOf({ settings }: CampaignRecord, withAgent: boolean) {
  return withAgent ? 'preview' : dialingModeOf(settings.mode);
}

function callerIdQuestion(
  { campaignId, callerIdId, settings }: CampaignRecord,
  trunkId: string,
  debtorId: string,
  { contactPointId, number }: DebtorNumber,
): CallerIdQuestion {
  const choice = settings.callerIds;
  return { campaignId, trunkId, callerIdId, choice, debtorId, contactPointId, number };
}

function refusalOf({
  until,
  rule,
  pack,
  because,
}: {
  until: number | null;
  rule: string;
  pack: string;
  because: string;
}): EntryRefusal {
  return { nextAllowedAt: until, rule, pack, because };
}
