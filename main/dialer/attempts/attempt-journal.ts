import { assertNever, type Clock } from '#shared/util/index.ts';
import type { Store } from '../../store/types.ts';
import type { DialogIdentity, SipFinal } from '../../telephony/sip/types.ts';
import type { Attempt } from './attempt.ts';
import type { AttemptEvent, AttemptState } from './attempt-machine.ts';
import { type AttemptWrites, type EndInput, TAKEN_BACK } from './attempt-writes.ts';

export interface AttemptJournalOptions {
  store: Store;
  writes: AttemptWrites;
  clock: Clock;
  log(message: string, details?: Record<string, unknown>): void;
}

const LONGEST_PAUSE_MS = 60_000;
const AT_ONCE = { priority: 'call' } as const;

/** Writes attempts down. Each method resolves when its row is durable: only then may its effect happen. */
export class AttemptJournal {
  readonly #options: AttemptJournalOptions;

  constructor(options: AttemptJournalOptions) {
    this.#options = options;
  }

  /** Before the INVITE leaves. */
  async send(attempt: Attempt, identity: DialogIdentity): Promise<void> {
    const { store, writes } = this.#options;
    const { attemptId, leg } = attempt;
    await store.write(writes, 'attempt.send', { attemptId, legId: leg.legId, identity }, AT_ONCE);
    attempt.dialogStored = true;
  }

  /** The state that the attempt has just moved to, before its effects. */
  async persist(attempt: Attempt, before: AttemptState, event: AttemptEvent): Promise<void> {
    const { store, writes } = this.#options;
    const { attemptId, state } = attempt;
    switch (state.kind) {
      case 'reserved':
      case 'dialing':
        return;
      case 'ringing':
        return store.write(writes, 'attempt.ring', { attemptId }, AT_ONCE);
      case 'answered':
        return this.#writeAnswer(attempt, null);
      case 'joined':
        return before.kind === 'answered'
          ? store.write(writes, 'attempt.join', { attemptId, personId: state.personId }, AT_ONCE)
          : this.#writeAnswer(attempt, state.personId);
      case 'abandoning':
        return store.write(writes, 'attempt.abandon', { attemptId }, AT_ONCE);
      case 'ended':
        return this.#writeEnd(attempt, state, event);
      default:
        return assertNever(state, 'attempt state');
    }
  }

  /** The answer crossed our CANCEL: a person was reached after all. */
  async correctReachedTooLate(attempt: Attempt, answeredAt: number): Promise<void> {
    const { store, writes } = this.#options;
    const { attemptId } = attempt;
    await store.write(writes, 'attempt.reached-too-late', { attemptId, answeredAt }, AT_ONCE);
  }

  /** An answer that changes nothing any more still opened a dialog, which a restart must be able to end. */
  async confirmDialog({ attemptId, identity }: Attempt): Promise<void> {
    const { store, writes } = this.#options;
    if (identity === null) return;
    const row = { dialogId: attemptId, identity };
    await store.write(writes, 'attempt.dialog-confirmed', row, AT_ONCE);
  }

  /** The far end knows that it is over: a restart need not tell it. */
  closeDialog(attempt: Attempt): void {
    if (!attempt.dialogStored) return;
    attempt.dialogStored = false;
    const { store, writes, log } = this.#options;
    store
      .write(writes, 'attempt.dialog-ended', { dialogId: attempt.attemptId })
      .catch((error: unknown) => log('dialog', { error: String(error) }));
  }

  /**
   * The row of the end is owed until it stands: without it nobody calls this debtor again before the next start.
   * @param onWritten gets the result that was written
   */
  endLater(attempt: Attempt, onWritten: (result: EndInput['result']) => void, delayMs = 0): void {
    const { clock, store, writes, log } = this.#options;
    const row: EndInput = {
      attemptId: attempt.attemptId,
      result: resultGivenUp(attempt),
      endedBy: 'engine',
      ...finalColumns(attempt.final),
      silentSince: metSilence(attempt) ? attempt.answeredAt : null,
    };
    clock.setTimer(delayMs, () =>
      store.write(writes, 'attempt.end', row, AT_ONCE).then(
        () => onWritten(row.result),
        (error: unknown) => {
          log('attempt not ended', { error: String(error) });
          const pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(1_000, delayMs * 2));
          this.endLater(attempt, onWritten, pauseMs);
        },
      ),
    );
  }

  async #writeAnswer(attempt: Attempt, personId: string | null): Promise<void> {
    const { attemptId, answeredAt, identity } = attempt;
    if (identity === null) return;
    const { store, writes } = this.#options;
    const row = { attemptId, answeredAt, personId, identity };
    await store.write(writes, 'attempt.answer', row, AT_ONCE);
  }

  async #writeEnd(
    attempt: Attempt,
    state: Extract<AttemptState, { kind: 'ended' }>,
    event: AttemptEvent,
  ): Promise<void> {
    const { store, writes } = this.#options;
    const final = event.type === 'failed' || event.type === 'neverSent' ? attempt.final : null;
    const { result, endedBy } = state;
    const takenBack = event.type === 'hangUp' && event.reason === 'noAgentSoon';
    const row = {
      attemptId: attempt.attemptId,
      result,
      endedBy,
      ...finalColumns(final),
      ...(takenBack ? { sipReason: TAKEN_BACK } : {}),
    };
    await store.write(writes, 'attempt.end', row, AT_ONCE);
  }
}

/** What became of an attempt that is given up: nothing left the machine, somebody answered and waited, or it was on its way. */
export function resultGivenUp(attempt: Attempt): 'cancelled' | 'interrupted' | 'abandoned' {
  if (attempt.identity === null) return 'cancelled';
  return metSilence(attempt) ? 'abandoned' : 'interrupted';
}

function metSilence({ answeredAt, talking }: Attempt): boolean {
  return answeredAt > 0 && !talking;
}

function finalColumns(final: SipFinal | null) {
  return {
    sipStatus: final?.status ?? null,
    sipReason: final?.reasonPhrase ?? null,
    q850Cause: final?.q850Cause ?? null,
  };
}
