import type { Access } from '../access/index.ts';
import { ourMessageId } from '../channels/email/index.ts';
import {
  createGatewayHandlers,
  createMessageSettingHandlers,
  createRegistry,
  GatewayHub,
  readMessageSettings,
} from '../channels/gateways/index.ts';
import { createInbox } from '../channels/inbox/index.ts';
import { createPublishedMedia, hookUrl, type PublishedMedia } from '../channels/links/index.ts';
import { createMessageMedia } from '../channels/mms/index.ts';
import { Bulks, createMessageHandlers, Outbox } from '../channels/outbox/index.ts';
import { listSerialPorts } from '../channels/sms/modem/index.ts';
import { createTemplates } from '../channels/templates/index.ts';
import { isPracticeNumber } from '../contact-rules/index.ts';
import type { ContractServer, MediaLinks, Uploads } from '../contract-server/index.ts';
import type { Lists } from '../debtors/index.ts';
import type { GatewayHealth } from '../diagnostics/index.ts';
import type { CardSource } from './card-source.ts';
import type { DebtorPapers } from './debtor-papers.ts';
import type { EngineCore } from './engine-core.ts';
import { isSpokenFor } from './is-spoken-for.ts';
import { mayDiscloseTo } from './may-disclose-to.ts';
import { messageAdapters } from './message-adapters.ts';
import type { TelephonyParts } from './telephony-parts.ts';
import { inboxWrites, messageBulkWrites, outboxWrites } from './writes.ts';

export interface MessagesWork {
  hub: GatewayHub;
  outbox: Outbox;
  /** pictures that providers fetch from us */
  published: PublishedMedia;
  /** once the listener is up: gateways connect, what waits leaves */
  begin(): void;
  /** how each gateway goes */
  health(): GatewayHealth[];
  /** before the store closes */
  stop(): Promise<void>;
}

export interface MessagesWorkParts {
  server: ContractServer;
  core: EngineCore;
  access: Access;
  telephony: TelephonyParts;
  papers: DebtorPapers;
  /** what the door says of each address of a debtor */
  cards: Pick<CardSource, 'permissionsFor'>;
  lists: Lists;
  links: MediaLinks;
  uploads: Uploads;
  /** the engine's own address once it listens: practice providers of this machine reach it by that */
  ownUrl(): string;
}

/** SMS, MMS and e-mail: templates, media, gateways, the outbox and the inbox, each behind what the others declare. */
export async function startMessages(parts: MessagesWorkParts): Promise<MessagesWork> {
  const { server, core, access, papers, links, uploads } = parts;
  const { store, rules, clock, idSource, logger, resources } = core;
  const { storeKind } = store.meta;
  const { audit } = access;
  const log = (message: string, details?: Record<string, unknown>) => logger.warn(message, details);
  const common = { store, clock, publisher: server, audit };
  const publicBaseUrl = () =>
    readMessageSettings(store.read).publicBaseUrl ||
    (storeKind === 'practice' ? parts.ownUrl() : '');
  const webhookUrl = (gatewayId: string) =>
    hookUrl(publicBaseUrl(), store.connection.keyHex, gatewayId);
  const published = createPublishedMedia({ clock, publicBaseUrl });
  const registry = createRegistry(messageAdapters);

  const hub: GatewayHub = new GatewayHub({
    store,
    clock,
    registry,
    fetch: globalThis.fetch,
    sink: (gatewayId, events) => outbox.take(gatewayId, events),
    webhookUrl,
    publishMedia: (media) => published.publish(media),
    log,
  });
  const templates = createTemplates({
    ...common,
    rules,
    resources,
    storeKind,
    mayDisclose: (debtorId, personId) => mayDiscloseTo(parts, { debtorId, personId }),
  });
  const desk = createMessageMedia({
    store,
    clock,
    idSource,
    links,
    uploads,
    papers: papers.documents,
    documentsDirectory: papers.documentsDirectory,
    maxMediaBytes: (channel, gatewayId) =>
      hub.choose(channel, gatewayId ?? undefined)?.adapter.maxMediaBytes ?? null,
    log,
  });
  const { media } = desk;
  const { texts } = templates;
  const inbox = createInbox({
    store,
    writes: inboxWrites,
    clock,
    idSource,
    publisher: server,
    resources,
    documentsDirectory: papers.documentsDirectory,
    ourMessageId,
    permissionsFor: parts.cards.permissionsFor,
    log,
  });
  const outbox: Outbox = new Outbox({
    store,
    writes: outboxWrites,
    clock,
    hub,
    texts,
    media,
    inbox: inbox.sink,
    stillAllowed: (reservationId) => rules.recheck(store.read, reservationId, clock.now()).allowed,
    clockSuspect: () => !rules.checkClock(store.read),
    publicBaseUrl,
    log,
  });
  const gateways = createGatewayHandlers({
    ...common,
    storeKind,
    idSource,
    hub,
    registry,
    moveQueue: (gatewayId) => outbox.moveQueue(gatewayId),
    isDebtors: (address) => isSpokenFor(store.read, address),
    isPracticeNumber,
    listPorts: listSerialPorts,
    webhookUrl,
  });
  const bulks = new Bulks({
    ...common,
    writes: messageBulkWrites,
    hub,
    outbox,
    texts,
    rules,
    idsOf: (filter, sort) => parts.lists.idsOf(filter, sort),
    log,
  });
  const onChanged = () => outbox.lookAgain();
  server.register(templates.handlers);
  server.register(desk.handlers);
  server.register(inbox.handlers);
  server.register(bulks.handlers);
  server.register(gateways.handlers);
  server.register(createMessageSettingHandlers({ store, audit, onChanged }));
  server.register(
    createMessageHandlers({
      ...common,
      idSource,
      rules,
      hub,
      outbox,
      texts,
      media,
      mayDisclose: (about) => mayDiscloseTo(parts, about),
      publicBaseUrl,
    }),
  );
  await templates.open();
  await outbox.recover();
  return {
    hub,
    outbox,
    published,
    begin() {
      desk.start();
      hub.openAll();
      outbox.start();
      inbox.start();
      bulks.resume();
    },
    health: () => hub.health(),
    async stop() {
      await bulks.close();
      await outbox.stop();
      await inbox.close();
      gateways.news.stop();
      await desk.close();
    },
  };
}
