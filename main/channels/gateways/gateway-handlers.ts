import type { Gateway, GatewayTestStep } from '#shared/contract/index.ts';
import { leads } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock, IdSource } from '#shared/util/index.ts';
import type { Audit } from '../../contract-server/index.ts';
import type { Handler, Handlers, Publisher, Unbranded } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import type { MessageChannel, OutgoingMessage } from '../types.ts';
import { CalmNews } from './calm-news.ts';
import { assertSecretsStay, assertUsable, knownSecrets } from './check-gateway.ts';
import type { GatewayHub } from './gateway-hub.ts';
import { channelsOf, findGateway, type GatewayRecord, loadGateways } from './gateway-rows.ts';
import { gatewayWrites } from './gateway-writes.ts';
import type { Registry } from './registry.ts';

export interface GatewayHandlersParts {
  store: Store;
  storeKind: StoreKind;
  clock: Clock;
  idSource: IdSource;
  hub: GatewayHub;
  registry: Registry;
  publisher: Publisher;
  audit: Audit;
  /** what waits for a gateway that was removed goes to another one, or fails */
  moveQueue(gatewayId: string): Promise<void>;
  /** whether a number or address belongs to a debtor, or to who asked for rest */
  isDebtors(address: string): boolean;
  isPracticeNumber(number: string): boolean;
  listPorts(): Promise<{ path: string; label: string | null }[]>;
  webhookUrl(gatewayId: string): string | null;
}

export type GatewayView = Unbranded<Gateway>;

const NEWS_EVERY_MS = 500;

/** Commands `gateway.*`, and news of how gateways go. */
export function createGatewayHandlers(parts: GatewayHandlersParts): {
  handlers: Handlers;
  news: CalmNews;
} {
  const { store, hub, publisher, clock } = parts;
  const news = new CalmNews(clock, NEWS_EVERY_MS, (gatewayId) =>
    publisher.publish('gateway.changed', { gatewayId }, { kind: 'roles', roles: leads }),
  );
  hub.on((event) => news.changed(event.gatewayId));
  const handlers: Handlers = {
    'gateway.list': () => ({
      gateways: loadGateways(store.read).map((record) => toView(parts, record)),
    }),
    'gateway.save': save(parts),
    'gateway.remove': async ({ gatewayId }, { principal }) => {
      required(store, gatewayId);
      assertNotInUse(store, gatewayId);
      await store.write(gatewayWrites, 'gateway.remove-row', { gatewayId });
      await hub.changed(gatewayId);
      await parts.moveQueue(gatewayId);
      const { personId } = principal;
      parts.audit({ action: 'gateway.removed', personId, details: { gatewayId } });
      news.changed(gatewayId);
      return {};
    },
    'gateway.test': test(parts),
    'gateway.list-ports': async () => ({ ports: await parts.listPorts() }),
  };
  return { handlers, news };
}

function required({ read }: Store, gatewayId: string): GatewayRecord {
  const record = findGateway(read, gatewayId);
  if (record === null) throw new AppError('contract.not-found', 'no such gateway');
  return record;
}

function toView(parts: GatewayHandlersParts, record: GatewayRecord): GatewayView {
  const { gatewayId, settings, secrets, enabled, practice } = record;
  const { hub } = parts;
  const takesReports = hub.find(gatewayId)?.adapter.webhook !== undefined;
  return {
    gatewayId,
    settings,
    enabled,
    practice,
    channels: channelsOf(settings),
    secretsSet: Object.keys(secrets),
    state: hub.stateOf(gatewayId),
    ...countWaiting(parts.store, gatewayId),
    webhookUrl: takesReports ? parts.webhookUrl(gatewayId) : null,
  };
}

function countWaiting({ read }: Store, gatewayId: string): { queued: number; unknown: number } {
  const count = (state: string) =>
    read.get<{ count: number }>(
      'SELECT count(*) AS count FROM message WHERE gatewayId = ? AND state = ? AND nextAt IS NOT NULL',
      gatewayId,
      state,
    )?.count ?? 0;
  return { queued: count('queued'), unknown: count('unknown') };
}

/** @throws AppError `gateway.in-use` */
function assertNotInUse({ read }: Store, gatewayId: string): void {
  const bulk = read.get(
    "SELECT 1 FROM messageBulk WHERE gatewayId = ? AND state IN ('collecting', 'running', 'paused') LIMIT 1",
    gatewayId,
  );
  if (bulk !== undefined) throw new AppError('gateway.in-use', 'messages to many go out by it');
}

function save(parts: GatewayHandlersParts): Handler<'gateway.save'> {
  return async (input, { principal, commandId }) => {
    const { store, storeKind, hub, audit } = parts;
    const { settings, enabled } = input;
    assertUsable(settings, storeKind);
    const before = input.gatewayId === undefined ? null : required(store, input.gatewayId);
    const secrets = knownSecrets(settings.kind, input.secrets);
    if (before !== null) {
      if (before.settings.kind !== settings.kind)
        throw new AppError('gateway.kind-fixed', 'a gateway stays of its kind');
      if (storeKind === 'real') assertSecretsStay(before, settings, secrets);
    }
    const row = {
      gatewayId: before?.gatewayId ?? null,
      settings,
      secrets,
      enabled,
      practice: storeKind === 'practice',
    };
    const options = commandId === null ? {} : { commandId };
    const { gatewayId } = await store.write(gatewayWrites, 'gateway.save-row', row, options);
    await hub.changed(gatewayId);
    const { personId } = principal;
    const details = { gatewayId, kind: settings.kind, newSecrets: Object.keys(secrets) };
    audit({ action: 'gateway.saved', personId, details });
    return toView(parts, required(store, gatewayId));
  };
}

/** Those of which only one can have the port, the telephone or the address. */
const oneAtATime: ReadonlySet<string> = new Set(['modem', 'mm7']);

function test(parts: GatewayHandlersParts): Handler<'gateway.test'> {
  const { store, storeKind, hub, registry } = parts;
  return async (input, { principal }) => {
    const before = input.gatewayId === undefined ? null : required(store, input.gatewayId);
    const settings = input.settings ?? before?.settings;
    if (settings === undefined)
      throw new AppError('contract.bad-input', 'settings, or a gateway that has them, are needed');
    assertUsable(settings, storeKind);
    const given = knownSecrets(settings.kind, input.secrets);
    const isSameKind = before?.settings.kind === settings.kind;
    if (before !== null && isSameKind && storeKind === 'real')
      assertSecretsStay(before, settings, given);
    const record: GatewayRecord = {
      gatewayId: before?.gatewayId ?? 'test',
      settings,
      secrets: { ...(isSameKind ? before?.secrets : {}), ...given },
      enabled: true,
      practice: storeKind === 'practice',
    };
    const message = testMessage(parts, record, input.sendTo);
    const kind = registry.get(settings.kind);
    if (kind === undefined) return { steps: [unknownKind()] };
    const run = () => kind.test(hub.partsFor(record, false), message);
    const isAlone = before !== null && oneAtATime.has(settings.kind);
    const steps = isAlone ? await hub.whileClosed(before.gatewayId, run) : await run();
    const details = {
      gatewayId: before?.gatewayId ?? null,
      kind: settings.kind,
      sent: message !== null,
    };
    parts.audit({ action: 'gateway.tested', personId: principal.personId, details });
    return { steps };
  };
}

function unknownKind(): Unbranded<GatewayTestStep> {
  return {
    step: 'connect',
    state: 'failed',
    tookMs: 0,
    code: 'gateway.kind-unknown',
    detail: null,
  };
}

/**
 * It passes no debtor's rules, and so goes to nobody who is one.
 * @throws AppError `gateway.bad-address`, `gateway.test-to-debtor`
 */
function testMessage(
  parts: GatewayHandlersParts,
  { settings }: GatewayRecord,
  sendTo: string | undefined,
): OutgoingMessage | null {
  const [channel] = channelsOf(settings);
  const to = sendTo === undefined || channel === undefined ? null : addressOf(sendTo, channel);
  if (to === null || channel === undefined) return null;
  if (parts.isDebtors(to))
    throw new AppError('gateway.test-to-debtor', 'a test message goes to nobody who is a debtor');
  if (parts.storeKind === 'practice' && channel !== 'email' && !parts.isPracticeNumber(to))
    throw new AppError('gateway.practice-only', 'a practice store writes to practice numbers');
  return {
    messageId: parts.idSource.next(),
    channel,
    to,
    sender: settings.senders[0] ?? null,
    text: 'Dialdesk: test message',
    subject: channel === 'sms' ? '' : 'Dialdesk: test message',
    html: null,
    media: [],
    validityMs: null,
    inReplyTo: null,
    references: [],
    language: 'en',
  };
}

/** '' is nowhere. @throws AppError `gateway.bad-address` */
function addressOf(sendTo: string, channel: MessageChannel): string | null {
  const text = sendTo.trim();
  if (text === '') return null;
  if (channel === 'email') {
    if (/^[^\s@<>",;]+@[^\s@<>",;]+$/.test(text)) return text.toLowerCase();
  } else {
    const number = text.replaceAll(/[\s().-]/g, '');
    if (/^\+[1-9]\d{6,14}$/.test(number)) return number;
  }
  throw new AppError('gateway.bad-address', 'neither a number nor an e-mail address');
}
