import { isIP } from 'node:net';
import { leads } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Audit } from '../../contract-server/index.ts';
import type { Handler, Handlers, Publisher } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import { isInsideAddress } from '../caller-id/index.ts';
import { readCampaignSettings } from '../settings/index.ts';
import { type AskedNumbers, askedNumbers, type NumbersPorts } from './asked-numbers.ts';
import { findGateway, type GatewayRecord, gatewayView, loadGateways } from './gateway-rows.ts';
import { findJob, listJobs } from './job-rows.ts';
import type { LookupJobs } from './lookup-jobs.ts';
import { lookupWrites } from './lookup-writes.ts';
import { priceOf } from './price.ts';

export interface LookupHandlersParts {
  store: Store;
  storeKind: StoreKind;
  clock: Clock;
  jobs: LookupJobs;
  idsOf: NumbersPorts['idsOf'];
  audit: Audit;
  publisher: Publisher;
}

/** Commands of `lookup.*`. */
export function createLookupHandlers(parts: LookupHandlersParts): Handlers {
  const { store, jobs, publisher, audit } = parts;
  jobs.onChange((job) =>
    publisher.publish('lookup.job-changed', job, { kind: 'roles', roles: leads }),
  );
  return {
    'lookup.list-gateways': () => ({ gateways: loadGateways(store.read).map(gatewayView) }),
    'lookup.save-gateway': saveGateway(parts),
    'lookup.remove-gateway': async ({ lookupGatewayId }, { principal }) => {
      required(store, lookupGatewayId);
      await store.write(lookupWrites, 'lookup.remove-gateway', { lookupGatewayId });
      const { personId } = principal;
      audit({ action: 'lookup.gateway-removed', personId, details: { lookupGatewayId } });
      return {};
    },
    'lookup.estimate': async ({ lookupGatewayId, scope }) => {
      const gateway = required(store, lookupGatewayId);
      const { toAsk, cached } = await askedNumbers(
        portsOf(parts),
        scopeOf(scope),
        parts.clock.now(),
      );
      return {
        numbers: toAsk.length + cached.length,
        fromCache: cached.length,
        toAsk: toAsk.length,
        costMicro: toAsk.length * priceOf(store.read, gateway).eachMicro,
        currency: gateway.currency,
      };
    },
    'lookup.start': startJob(parts),
    'lookup.stop': async ({ lookupJobId }, { principal }) => {
      requiredJob(store, lookupJobId);
      await jobs.stop(lookupJobId);
      const { personId } = principal;
      audit({ action: 'lookup.stopped', personId, details: { lookupJobId } });
      return requiredJob(store, lookupJobId);
    },
    'lookup.list-jobs': ({ limit }) => ({ jobs: listJobs(store.read, limit) }),
  };
}

function required(store: Store, lookupGatewayId: string): GatewayRecord {
  const gateway = findGateway(store.read, lookupGatewayId);
  if (gateway === null) throw new AppError('contract.not-found', 'no such gateway');
  return gateway;
}

function portsOf({ store, storeKind, idsOf }: LookupHandlersParts): NumbersPorts {
  return { read: store.read, storeKind, idsOf };
}

function requiredJob(store: Store, lookupJobId: string) {
  const job = findJob(store.read, lookupJobId);
  if (job === null) throw new AppError('contract.not-found', 'no such look-up');
  return job;
}

function saveGateway(parts: LookupHandlersParts): Handler<'lookup.save-gateway'> {
  return async (input, { principal, commandId }) => {
    const { store, storeKind, audit } = parts;
    if (storeKind === 'practice' && input.kind !== 'practice')
      throw new AppError('lookup.practice-only', 'a practice store asks no real provider');
    if (storeKind === 'real' && input.kind === 'practice')
      throw new AppError('lookup.real-only', 'made-up answers are for practice stores');
    if (input.baseUrl !== '' && !isPublicAddress(input.baseUrl))
      throw new AppError('lookup.bad-address', 'only public https addresses');
    if (input.lookupGatewayId !== undefined)
      checkKey(required(store, input.lookupGatewayId), input);
    const { lookupGatewayId } = await store.write(
      lookupWrites,
      'lookup.save-gateway',
      { ...input, lookupGatewayId: input.lookupGatewayId ?? null, secret: input.secret ?? null },
      commandId === null ? {} : { commandId },
    );
    const { personId } = principal;
    const details = { lookupGatewayId, kind: input.kind, newSecret: input.secret !== undefined };
    audit({ action: 'lookup.gateway-saved', personId, details });
    return gatewayView(required(store, lookupGatewayId));
  };
}

/** A stored key is never sent to another address or provider than the one it was entered for. */
function checkKey(
  before: GatewayRecord,
  { kind, baseUrl, secret }: { kind: string; baseUrl: string; secret?: string | undefined },
): void {
  if (secret !== undefined || (before.kind === kind && before.baseUrl === baseUrl)) return;
  throw new AppError('lookup.bad-address', 'another address needs its key again');
}

function isPublicAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (protocol !== 'https:' || username !== '' || password !== '') return false;
  if (isIP(host) !== 0) return !isInsideAddress(host);
  return host.includes('.') && !/\.(?:local|localhost|internal|lan|home\.arpa)$/i.test(host);
}

function scopeOf(scope: {
  campaignId?: string | undefined;
  portfolioId?: string | undefined;
  filter?: unknown;
  maxAgeDays: number;
}): Parameters<typeof askedNumbers>[1] {
  return scope as Parameters<typeof askedNumbers>[1];
}

const CHUNK = 2_000;

function startJob(parts: LookupHandlersParts): Handler<'lookup.start'> {
  const { store, jobs, audit, clock } = parts;
  const starting = new Set<string>();
  return async ({ lookupGatewayId, scope, budgetMicro }, { principal }) => {
    const gateway = required(store, lookupGatewayId);
    checkGateway(parts, gateway);
    if (jobs.isBusy(lookupGatewayId) || starting.has(lookupGatewayId))
      throw new AppError('lookup.already-running', 'the gateway works on another list');
    starting.add(lookupGatewayId);
    try {
      const numbers = await askedNumbers(portsOf(parts), scopeOf(scope), clock.now());
      if (numbers.toAsk.length === 0 && numbers.cached.length === 0)
        throw new AppError('lookup.nothing-to-ask', 'no number to ask about');
      const { lookupJobId } = await store.write(lookupWrites, 'lookup.create-job', {
        gatewayId: lookupGatewayId,
        portfolioId: scope.portfolioId ?? null,
        campaignId: scope.campaignId ?? null,
        numbers: numbers.toAsk.length + numbers.cached.length,
        fromCache: numbers.cached.length,
        currency: gateway.currency,
        budgetMicro,
        absentWaitMs: absentWaitOf(store, scope.campaignId),
        personId: principal.personId,
      });
      await fill(store, lookupJobId, numbers);
      const details = { lookupJobId, lookupGatewayId, numbers: numbers.toAsk.length, budgetMicro };
      audit({ action: 'lookup.started', personId: principal.personId, details });
      jobs.run(lookupJobId);
      return requiredJob(store, lookupJobId);
    } finally {
      starting.delete(lookupGatewayId);
    }
  };
}

/** Practice and real never mix, whatever is in the row. @throws AppError `lookup.gateway-off` */
function checkGateway({ storeKind }: LookupHandlersParts, gateway: GatewayRecord): void {
  const isPractice = gateway.kind === 'practice';
  const hasKey = isPractice || (gateway.secret ?? '') !== '';
  if (!gateway.enabled || !hasKey || isPractice !== (storeKind === 'practice'))
    throw new AppError('lookup.gateway-off', 'the gateway is off or has no key');
}

const ABSENT_WAIT_MS = 6 * 3_600_000;

function absentWaitOf(store: Store, campaignId: string | undefined): number {
  if (campaignId === undefined) return ABSENT_WAIT_MS;
  const row = store.read.get<{ settingsJson: string }>(
    'SELECT settingsJson FROM campaign WHERE id = ?',
    campaignId,
  );
  return row ? readCampaignSettings(row.settingsJson).lookup.absentWaitMs : ABSENT_WAIT_MS;
}

/** Behind calls and commands in the writer's queue. */
async function fill(store: Store, jobId: string, { toAsk, cached }: AskedNumbers): Promise<void> {
  const priority = 'import';
  for (let from = 0; from < toAsk.length; from += CHUNK) {
    const numbers = toAsk.slice(from, from + CHUNK);
    await store.write(lookupWrites, 'lookup.add-items', { jobId, numbers }, { priority });
  }
  for (let from = 0; from < cached.length; from += CHUNK) {
    const answers = cached.slice(from, from + CHUNK);
    await store.write(lookupWrites, 'lookup.apply-cached', { jobId, answers }, { priority });
  }
  await store.write(lookupWrites, 'lookup.filled', { jobId });
}
