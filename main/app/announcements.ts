import { leads, people } from '#shared/contract/index.ts';
import { findPerson } from '../access/index.ts';
import type { Audience, Publisher } from '../contract-server/index.ts';
import type { OpenStore } from '../store/index.ts';
import { findMissed, type LiveCall } from '../telephony/call/index.ts';
import type { CardSource } from './card-source.ts';
import type { TelephonyParts } from './telephony-parts.ts';

const EVERYBODY: Audience = { kind: 'roles', roles: people };
const LEADS: Audience = { kind: 'roles', roles: leads };

/** Tells clients what happened, after the commit that it rests on. */
export function announce(
  publisher: Publisher,
  store: OpenStore,
  parts: TelephonyParts,
  cards: CardSource,
): void {
  const { agents, calls, inbound, campaigns, live, trunks, attempts } = parts;
  agents.on((event) => {
    if (event.type === 'changed') publisher.publish('agent.changed', event.status, EVERYBODY);
  });
  calls.on((event) => {
    switch (event.type) {
      case 'connected':
        return announceConnected(publisher, cards, event.call);
      case 'ended':
        return toThoseConcerned(publisher, store, event.call, 'call.ended');
      default:
        return toThoseConcerned(publisher, store, event.call, 'call.changed');
    }
  });
  inbound.on((event) => {
    if (event.type === 'offered') {
      const { view } = event.call;
      const card = view.debtorId === null ? null : cards.load(view.debtorId);
      const audience: Audience = { kind: 'person', personId: event.personId };
      publisher.publish('call.offered', { call: view, card }, audience);
    } else {
      const missed = findMissed(store.read, event.missedInboundId);
      if (missed) publisher.publish('call.missed', missed, EVERYBODY);
    }
  });
  campaigns.onChange((campaign) => publisher.publish('campaign.changed', campaign, EVERYBODY));
  live.onChange((view) => publisher.publish('campaign.live-changed', view, LEADS));
  campaigns.onOffer(({ personId, offer }) =>
    publisher.publish('preview.changed', { personId, offer }, { kind: 'person', personId }),
  );
  trunks.onChange((trunk) => {
    if (trunk) publisher.publish('telephony.trunk-changed', trunk, EVERYBODY);
  });
  attempts.onChange(({ ended }) => {
    if (ended?.debtorId)
      publisher.publish('debtor.changed', { debtorId: ended.debtorId }, EVERYBODY);
  });
}

/** The card goes with the call: it is complete when the voice is. */
function announceConnected(publisher: Publisher, cards: CardSource, call: LiveCall): void {
  const { view } = call;
  if (view.personId === null) return;
  const card = view.debtorId === null ? null : cards.load(view.debtorId);
  publisher.publish(
    'call.connected',
    { call: view, card },
    { kind: 'person', personId: view.personId },
  );
  publisher.publish('call.changed', { call: view }, LEADS);
}

/** The agent who has the call, and those who watch all calls; each is told once. */
function toThoseConcerned(
  publisher: Publisher,
  store: OpenStore,
  call: LiveCall,
  name: 'call.changed' | 'call.ended',
): void {
  const { view } = call;
  publisher.publish(name, { call: view }, LEADS);
  if (view.personId === null) return;
  if (findPerson(store.read, view.personId)?.role === 'agent')
    publisher.publish(name, { call: view }, { kind: 'person', personId: view.personId });
}
