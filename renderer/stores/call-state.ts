import type {
  AgentStatus,
  Call,
  CallParty,
  CommandOutput,
  DebtorCard,
  Disposition,
  EventData,
  Interaction,
} from '#shared/contract/index.ts';

export type MissedInbound = EventData<'call.missed'>;

/**
 * What this agent has at hand. `current` outlives the call: an ended call stays for wrap-up until its outcome is
 * recorded or the agent is made ready.
 */
export interface CallView {
  current: Call | null;
  card: DebtorCard | null;
  /** who this agent has just said is on the line; shown until the engine has answered */
  hopedParty: { callId: string; party: CallParty } | null;
  offered: { call: Call; card: DebtorCard | null } | null;
  dispositions: readonly Disposition[];
  missed: readonly MissedInbound[];
}

export const emptyCallView: CallView = {
  current: null,
  card: null,
  hopedParty: null,
  offered: null,
  dispositions: [],
  missed: [],
};

export type CallEvent =
  | { type: 'snapshot'; current: CommandOutput<'call.current'> }
  | { type: 'offered'; data: EventData<'call.offered'> }
  | { type: 'connected'; data: EventData<'call.connected'> }
  | { type: 'changed'; call: Call; ownId: string }
  | { type: 'ended'; call: Call }
  | { type: 'disposed'; callId: string }
  | { type: 'partyHoped'; callId: string; party: CallParty }
  /** the engine's word; null: it refused, and what it said before holds */
  | { type: 'partyAnswered'; callId: string; party: CallParty | null }
  | { type: 'agentChanged'; status: AgentStatus }
  | { type: 'cardFetched'; card: DebtorCard }
  | { type: 'interactionAdded'; debtorId: string; interaction: Interaction }
  | { type: 'missed'; item: MissedInbound };

/** Folds one event into what the agent sees. Events about calls of others change nothing. */
export function reduceCall(view: CallView, event: CallEvent): CallView {
  switch (event.type) {
    case 'snapshot':
      return applySnapshot(view, event.current);
    case 'offered':
      return { ...view, offered: event.data };
    case 'connected':
      return applyConnected(view, event.data);
    case 'changed':
      return applyChanged(view, event.call, event.ownId);
    case 'ended':
      return applyEnded(view, event.call);
    case 'disposed':
      return view.current?.callId === event.callId ? { ...view, current: null, card: null } : view;
    case 'partyHoped':
      return { ...view, hopedParty: { callId: event.callId, party: event.party } };
    case 'partyAnswered':
      return applyParty(view, event.callId, event.party);
    case 'agentChanged':
      return applyAgent(view, event.status);
    case 'cardFetched':
      return applyCard(view, event.card);
    case 'interactionAdded':
      return applyInteraction(view, event.debtorId, event.interaction);
    case 'missed':
      return { ...view, missed: withMissed(view.missed, event.item) };
  }
}

function applyParty(view: CallView, callId: string, party: CallParty | null): CallView {
  const hopedParty = view.hopedParty?.callId === callId ? null : view.hopedParty;
  const { current } = view;
  const known = party !== null && current?.callId === callId;
  return { ...view, hopedParty, current: known ? { ...current, party } : current };
}

/** Whom the agent talks to, as far as this window knows. */
export function partyOf(view: Pick<CallView, 'current' | 'hopedParty'>): CallParty | null {
  const { current, hopedParty } = view;
  if (current === null) return null;
  return hopedParty?.callId === current.callId ? hopedParty.party : current.party;
}

function applySnapshot(view: CallView, current: CommandOutput<'call.current'>): CallView {
  if (current.call?.state === 'offered') {
    return {
      ...view,
      current: null,
      card: null,
      offered: { call: current.call, card: current.card },
    };
  }
  return { ...view, current: current.call, card: current.card, offered: null };
}

function applyConnected(view: CallView, data: EventData<'call.connected'>): CallView {
  const offered = view.offered?.call.callId === data.call.callId ? null : view.offered;
  return { ...view, current: data.call, card: data.card ?? keptCard(view, data.call), offered };
}

/** A card that is already on the screen is better than none when the event carries none. */
function keptCard(view: CallView, call: Call): DebtorCard | null {
  return call.debtorId !== null && view.card?.debtorId === call.debtorId ? view.card : null;
}

function applyChanged(view: CallView, call: Call, ownId: string): CallView {
  if (call.state === 'ended') return applyEnded(view, call);
  if (view.current?.callId === call.callId) return { ...view, current: call };
  if (view.offered?.call.callId === call.callId) {
    return call.state === 'offered' && call.personId === ownId
      ? { ...view, offered: { ...view.offered, call } }
      : { ...view, offered: null };
  }
  const isOwnDial =
    call.personId === ownId && (call.state === 'dialing' || call.state === 'ringing');
  if (!isOwnDial) return view;
  return { ...view, current: call, card: keptCard(view, call) };
}

function applyEnded(view: CallView, call: Call): CallView {
  if (view.current?.callId === call.callId) return { ...view, current: call };
  if (view.offered?.call.callId === call.callId) return { ...view, offered: null };
  return view;
}

/** The wrap-up ended without this window's doing: by its timer, or in another window. */
function applyAgent(view: CallView, status: AgentStatus): CallView {
  const busy = status.workState === 'talking' || status.workState === 'wrapUp';
  if (busy || view.current?.state !== 'ended' || status.callId === view.current.callId) return view;
  return { ...view, current: null, card: null };
}

function applyCard(view: CallView, card: DebtorCard): CallView {
  const wanted = view.card?.debtorId === card.debtorId || view.current?.debtorId === card.debtorId;
  return wanted ? { ...view, card } : view;
}

function applyInteraction(view: CallView, debtorId: string, added: Interaction): CallView {
  if (view.card?.debtorId !== debtorId) return view;
  return { ...view, card: cardWithInteraction(view.card, added) };
}

/** The card with one more (or a newer version of a known) row of history, newest first. */
export function cardWithInteraction(card: DebtorCard, added: Interaction): DebtorCard {
  const known = card.history.some((item) => item.interactionId === added.interactionId);
  const history = known
    ? card.history.map((item) => (item.interactionId === added.interactionId ? added : item))
    : [added, ...card.history].sort((a, b) => b.at - a.at);
  return { ...card, history, historyTotal: card.historyTotal + (known ? 0 : 1) };
}

function withMissed(items: readonly MissedInbound[], item: MissedInbound): MissedInbound[] {
  const others = items.filter((other) => other.missedInboundId !== item.missedInboundId);
  return item.resolvedAt === null ? [item, ...others].sort((a, b) => b.at - a.at) : others;
}
