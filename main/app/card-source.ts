import type { Clock } from '#shared/util/index.ts';
import type { ContactRules } from '../contact-rules/index.ts';
import { type Card, loadCard, type PermissionFor } from '../debtors/index.ts';
import type { OpenStore } from '../store/index.ts';

/** Cards with what the door would say about each number now. */
export class CardSource {
  readonly permissionFor: PermissionFor;
  readonly #store: OpenStore;
  readonly #clock: Clock;

  constructor(store: OpenStore, rules: ContactRules, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.permissionFor = (debtorId, contactPoint) => {
      const decision = rules.decide(
        store.read,
        {
          debtorId,
          contactPointId: contactPoint.contactPointId,
          number: contactPoint.value,
          channel: 'call',
          mode: 'manual',
          purpose: 'collection',
          target: 'debtor',
        },
        clock.now(),
      );
      return {
        allowed: decision.allowed,
        blockedBy: decision.blockedBy.map(({ rule, pack, because, until }) => ({
          rule,
          pack,
          because,
          until,
        })),
        nextAllowedAt: decision.allowed ? null : decision.nextAllowedAt,
        overridable: decision.overridable,
        override: decision.override,
      };
    };
  }

  load(debtorId: string): Card | null {
    return loadCard(this.#store.read, debtorId, {
      now: this.#clock.now(),
      permissionFor: this.permissionFor,
    });
  }
}
