import { people } from '#shared/contract/index.ts';
import type { Access } from '../access/index.ts';
import { createAgentHandlers } from '../agents/index.ts';
import {
  createAbandonmentHandlers,
  createContactHandlers,
  isPracticeNumber,
  readRulesSettings,
} from '../contact-rules/index.ts';
import type { ContractServer, MediaLinks, Uploads } from '../contract-server/index.ts';
import {
  createBank,
  createDebtors,
  type Debtors,
  findDebtorsByNumber,
  type Lists,
  rememberingCards,
} from '../debtors/index.ts';
import { createAbandonmentMessageHandlers } from '../dialer/abandonment-message/index.ts';
import { createAttemptHandlers } from '../dialer/attempts/index.ts';
import { createCallerIdHandlers } from '../dialer/caller-id/index.ts';
import {
  createCampaignHandlers,
  createOfferHandlers,
  createPacingHandlers,
} from '../dialer/campaigns/index.ts';
import { createDispositionHandlers } from '../dialer/dispositions/index.ts';
import { createScriptHandlers } from '../dialer/scripts/index.ts';
import { createCallHandlers, createPartyHandlers } from '../telephony/call/index.ts';
import { createTrunkHandlers } from '../telephony/trunks/index.ts';
import { type AppHandlersOptions, createAppHandlers } from './app-handlers.ts';
import { agentToday, endedCallView } from './call-queries.ts';
import type { CardSource } from './card-source.ts';
import type { EngineCore } from './engine-core.ts';
import { registerFirmRules } from './firm-rules.ts';
import type { Outcomes } from './outcomes.ts';
import { announceUsedOverrides } from './override-news.ts';
import { createMediaHandlers } from './recordings.ts';
import { undisposedCallOf } from './recovery.ts';
import { manualRoute, type TelephonyParts, trunkTestPorts } from './telephony-parts.ts';
import { createWaveformHandlers } from './waveforms.ts';
import { overrideWrites } from './writes.ts';

export interface HandlerParts {
  core: EngineCore;
  access: Access;
  telephony: TelephonyParts;
  cards: CardSource;
  outcomes: Outcomes;
  links: MediaLinks;
  uploads: Uploads;
  lists: Lists;
  app: Omit<AppHandlersOptions, 'store' | 'rules' | 'publisher'>;
}

/** Gives the contract server the commands of every area. */
export function registerHandlers(server: ContractServer, parts: HandlerParts): Debtors {
  const { core, access, telephony, cards, lists } = parts;
  const { store, clock, rules } = core;
  const debtors = createDebtors({ store, clock, door: cards.permissionsFor, publisher: server });
  server.register(access.handlers);
  server.register(createAppHandlers({ ...parts.app, store, rules, publisher: server }));
  server.register(rememberingCards(debtors.handlers, lists.recent));
  server.register(lists.handlers);
  server.register(createBank({ store, publisher: server }));
  telephony.calls.on(({ type, call }) => {
    const { personId, debtorId } = call.view;
    if (type === 'connected' && personId && debtorId) lists.recent.add(personId, debtorId);
  });
  server.register(
    createAgentHandlers({
      agents: telephony.agents,
      lines: telephony.lines,
      notices: telephony.notices,
      today: (personId) => agentToday(store.read, personId, clock.now()),
      undisposedCall: (personId) => undisposedCallOf(store, personId),
    }),
  );
  server.register(
    createCallHandlers({
      ...telephony,
      store,
      endedCall: (callId) => endedCallView(store.read, callId),
      card: (debtorId) => cards.load(debtorId),
    }),
  );
  server.register(
    createContactHandlers({ store, rules, clock, publisher: server, overrideWrites }),
  );
  announceUsedOverrides(server, store, telephony);
  registerParty(server, parts);
  registerFirmRules(server, core);
  registerDialer(server, parts);
  registerTrunks(server, parts);
  return debtors;
}

function registerParty(server: ContractServer, { core, telephony }: HandlerParts): void {
  const { store } = core;
  server.register(
    createPartyHandlers({
      ...telephony,
      store,
      endedCall: (callId) => endedCallView(store.read, callId),
      identification: () => readRulesSettings(store.read).identification,
      onDebtorChanged: (debtorId) =>
        server.publish('debtor.changed', { debtorId }, { kind: 'roles', roles: people }),
    }),
  );
}

function registerDialer(server: ContractServer, parts: HandlerParts): void {
  const { core, telephony, outcomes, links, uploads } = parts;
  const { store, clock, idSource, rules } = core;
  const ownersOf = (number: string) => findDebtorsByNumber(store.read, number);
  server.register(
    createAttemptHandlers({
      ...outcomes.parts(),
      attempts: telephony.attempts,
      calls: telephony.calls,
      clock,
      idSource,
      manualRoute: () => manualRoute(telephony, clock.now()),
      debtorOf: (number) => ownersOf(number)[0] ?? null,
      contactPointOf: (debtorId, number) =>
        ownersOf(number).find((match) => match.debtorId === debtorId)?.contactPointId ?? null,
    }),
  );
  server.register(createDispositionHandlers({ store, publisher: server }));
  server.register(createScriptHandlers(store));
  server.register(createCampaignHandlers(store, telephony.campaigns));
  server.register(createOfferHandlers(telephony.campaigns));
  const { campaigns, live, messageFiles: files } = telephony;
  server.register(
    createAbandonmentMessageHandlers({ store, files, campaigns, uploads, links, idSource }),
  );
  server.register(createPacingHandlers({ read: store.read, campaigns, clock }));
  server.register({ 'campaign.live': ({ campaignId }) => live.view(campaignId) });
  const packs = () => rules.packsInForce(store.read).map(({ pack }) => pack);
  server.register(createAbandonmentHandlers({ read: store.read, clock, packs }));
}

function registerTrunks(server: ContractServer, parts: HandlerParts): void {
  const { core, access, telephony, links } = parts;
  const { store, clock, idSource, media, logger } = core;
  const { audit } = access;
  server.register(
    createTrunkHandlers({
      store,
      trunks: telephony.trunks,
      audit,
      audioTest: { ...telephony, media, clock, idSource },
      trunkTest: trunkTestPorts({ clock, logger }),
      debtorHas: (number) => findDebtorsByNumber(store.read, number).length > 0,
      isPracticeNumber,
      storeKind: store.meta.storeKind,
    }),
  );
  const { callerIds } = telephony;
  server.register(createCallerIdHandlers({ store, clock, callerIds, audit, publisher: server }));
  const directory = core.recordingsDirectory;
  server.register(createMediaHandlers({ store, links, audit, directory }));
  server.register(createWaveformHandlers({ store, directory }));
}
