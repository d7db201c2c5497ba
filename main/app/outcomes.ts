import type { Clock } from '#shared/util/index.ts';
import type { Agents } from '../agents/index.ts';
import type { Publisher } from '../contract-server/index.ts';
import { type Disposed, dispose, undisposedAttempts } from '../dialer/attempts/index.ts';
import type { Campaigns } from '../dialer/campaigns/index.ts';
import type { OpenStore } from '../store/index.ts';

export interface OutcomesOptions {
  store: OpenStore;
  agents: Agents;
  campaigns: Campaigns;
  publisher: Publisher;
  clock: Clock;
  log(message: string, details?: Record<string, unknown>): void;
}

/** A call that nobody has before them any more gets its outcome by itself after so long. */
const FORGOTTEN_AFTER_MS = 10 * 60_000;
const LOOK_EVERY_MS = 60_000;

/** Sees to it that no joined call stays without an outcome, and tells whom it concerns. */
export class Outcomes {
  readonly #options: OutcomesOptions;
  #cancelLook: () => void = () => {};

  constructor(options: OutcomesOptions) {
    this.#options = options;
    options.agents.on((event) => {
      if (event.type === 'autoReadyDue') this.#disposeAutomatically(event.personId, event.callId);
    });
    this.#lookLater();
  }

  stop(): void {
    this.#cancelLook();
  }

  /** What `dispose` needs, for the command of the agent. */
  parts() {
    const { store, agents } = this.#options;
    return { store, agents, onDisposed: (disposed: Disposed) => this.#announce(disposed) };
  }

  #announce({ debtorId, campaignId }: Disposed): void {
    const { publisher, campaigns } = this.#options;
    if (debtorId !== null)
      publisher.publish(
        'debtor.changed',
        { debtorId },
        { kind: 'roles', roles: ['agent', 'lead', 'admin'] },
      );
    if (campaignId !== null) campaigns.refresh(campaignId);
  }

  /** Wrap-up ran out of time: the outcome is "other", marked as automatic. */
  #disposeAutomatically(personId: string, callId: string): void {
    const state = this.#options.agents.state(personId);
    const next = state.kind === 'wrapUp' ? state.next : 'notReady';
    dispose(
      this.parts(),
      {
        callId,
        personId,
        dispositionCode: 'other',
        note: null,
        promise: null,
        callbackAt: null,
        automatic: true,
      },
      next,
      null,
    ).catch((error: unknown) => this.#options.log('automatic outcome', { error: String(error) }));
  }

  /** After a crash an agent may not come back: their last call must not keep its debtor on the list for ever. */
  #look(): void {
    const { store, agents, clock } = this.#options;
    for (const row of undisposedAttempts(store.read)) {
      const { personId, callId, endedAt } = row;
      if (personId === null || endedAt === null) continue;
      if (clock.now() - endedAt < FORGOTTEN_AFTER_MS) continue;
      if (agents.holderOf(callId) === null) this.#disposeAutomatically(personId, callId);
    }
    this.#lookLater();
  }

  #lookLater(): void {
    this.#cancelLook = this.#options.clock.setTimer(LOOK_EVERY_MS, () => this.#look());
  }
}
