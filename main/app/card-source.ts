import { type ContactChannel, contactChannels } from '#shared/rule-packs/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { ContactRequest, ContactRules, Decision } from '../contact-rules/index.ts';
import {
  type AskedPoint,
  type Card,
  loadCard,
  type PermissionsFor,
  type PointPermissions,
} from '../debtors/index.ts';
import type { OpenStore } from '../store/index.ts';

/** What can be sent to each kind of address, besides a call. */
const messagesTo: Readonly<Record<string, readonly ContactChannel[]>> = {
  mobile: ['voiceMessage', 'sms', 'mms'],
  home: ['voiceMessage'],
  work: ['voiceMessage'],
  other: ['voiceMessage'],
  email: ['email'],
  messenger: ['chat'],
};
const withoutCalls = new Set(['email', 'messenger']);

/** Cards with what the door would say about each address and channel now. */
export class CardSource {
  readonly permissionsFor: PermissionsFor;
  readonly #store: OpenStore;
  readonly #clock: Clock;

  constructor(store: OpenStore, rules: Pick<ContactRules, 'decideMany'>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.permissionsFor = (debtorId, contactPoints) => {
      const asked = contactPoints.map(channelsOf);
      const requests = contactPoints.flatMap((point, index) =>
        (asked[index] ?? []).map((channel) => requestFor(debtorId, point, channel)),
      );
      const decisions = rules.decideMany(store.read, requests, clock.now());
      let next = 0;
      return asked.map((channels) => {
        const first = next;
        next += channels.length;
        return toPermissions(channels, decisions.slice(first, next));
      });
    };
  }

  load(debtorId: string): Card | null {
    return loadCard(this.#store.read, debtorId, {
      now: this.#clock.now(),
      permissionsFor: this.permissionsFor,
    });
  }
}

/** In the order of the contract's list of channels. */
function channelsOf({ kind }: AskedPoint): ContactChannel[] {
  const messages = messagesTo[kind] ?? [];
  const calls = !withoutCalls.has(kind);
  return contactChannels.filter((one) => (one === 'call' ? calls : messages.includes(one)));
}

function requestFor(
  debtorId: string,
  { contactPointId, kind, value }: AskedPoint,
  channel: ContactChannel,
): ContactRequest {
  return {
    debtorId,
    contactPointId,
    ...(withoutCalls.has(kind) ? {} : { number: value }),
    channel,
    mode: 'manual',
    purpose: 'collection',
    target: 'debtor',
  };
}

function toPermissions(
  channels: readonly ContactChannel[],
  decisions: readonly Decision[],
): PointPermissions {
  const answers = decisions.map(toPermission);
  const messages = channels.flatMap((channel, index) => {
    const permission = answers[index];
    return channel === 'call' || !permission ? [] : [{ channel, permission }];
  });
  return { permission: answers[channels.indexOf('call')] ?? null, messages };
}

function toPermission(decision: Decision) {
  const { allowed, blockedBy, nextAllowedAt, overridable, override } = decision;
  return {
    allowed,
    blockedBy: blockedBy.map(({ rule, pack, because, until }) => ({ rule, pack, because, until })),
    nextAllowedAt,
    overridable,
    override,
  };
}
