import type { PoolNumber } from '#shared/contract/caller-id.contract.ts';
import { people } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Audit } from '../../contract-server/index.ts';
import type { Handler, Handlers, Publisher, Unbranded } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import { inPieces } from '../in-pieces/index.ts';
import { callerIdWrites, numbersOf, sourcesListing } from './caller-id-writes.ts';
import type { CallerIds } from './caller-ids.ts';
import { type FetchReportPorts, fetchReport, systemPorts } from './fetch-report.ts';
import { type MonthFigures, PastMonth } from './past-month.ts';
import type { PoolEvent } from './pool-machine.ts';
import { type PoolRow, refusalOf } from './pool-rows.ts';
import { readingReport } from './report-file.ts';
import { countsSince, dayOf, daysAgo, noCounts, resultsOf } from './tally-rows.ts';

export interface CallerIdHandlersParts {
  store: Store;
  clock: Clock;
  callerIds: CallerIds;
  audit: Audit;
  publisher: Publisher;
  /** absent: the network */
  reportPorts?: FetchReportPorts;
}

interface Parts extends CallerIdHandlersParts {
  month: PastMonth;
}

type NumberView = Unbranded<PoolNumber>;

/** Commands of `caller-id.*`; changes are announced to everybody at work. */
export function createCallerIdHandlers(given: CallerIdHandlersParts): Handlers {
  const parts = { ...given, month: new PastMonth(given.store.read, given.clock) };
  const { store, callerIds, publisher, clock } = parts;
  callerIds.onChange((change) =>
    publisher.publish('caller-id.changed', change, { kind: 'roles', roles: people }),
  );
  return {
    'caller-id.list': async ({ includeRetired }) => {
      const month = await monthOf(parts);
      const rows = callerIds.list();
      return {
        numbers: views(
          parts,
          rows.filter(({ state }) => includeRetired || state.kind !== 'retired'),
          month,
        ),
      };
    },
    'caller-id.save': saveNumber(parts),
    'caller-id.set-state': setState(parts),
    'caller-id.import-reports': importReports(parts),
    'caller-id.reports': ({ callerIdId }) => ({
      reports: reportsOf(store, required(callerIds, callerIdId).e164),
    }),
    'caller-id.results': ({ callerIdId, days }) => {
      const { e164 } = required(callerIds, callerIdId);
      return resultsOf(store.read, e164, daysAgo(clock.now(), days));
    },
  };
}

function required(callerIds: CallerIds, callerIdId: string): PoolRow {
  const row = callerIds.find(callerIdId);
  if (row === null) throw new AppError('contract.not-found', 'no such number');
  return row;
}

function saveNumber(parts: Parts): Handler<'caller-id.save'> {
  return async (input, { principal, commandId }) => {
    const { store, callerIds, audit } = parts;
    const { personId } = principal;
    if (input.callerIdId === undefined) checkNew(parts, input);
    else required(callerIds, input.callerIdId);
    const { callerIdId } = await store.write(
      callerIdWrites,
      'caller-id.save',
      { ...input, callerIdId: input.callerIdId ?? null, personId },
      commandId === null ? {} : { commandId },
    );
    const details = { callerIdId, proof: input.proof?.kind ?? null };
    audit({ action: 'caller-id.saved', personId, details });
    callerIds.changed([callerIdId]);
    return view(parts, callerIdId);
  };
}

/** @throws AppError `contract.bad-input`, `caller-id.foreign`, `caller-id.not-dialable` */
function checkNew(
  { store, callerIds }: CallerIdHandlersParts,
  { trunkId, e164 }: { trunkId?: string | undefined; e164?: string | undefined },
): void {
  const trunk = store.read.get<{ settingsJson: string; practice: number }>(
    'SELECT settingsJson, practice FROM trunk WHERE id = ? AND deletedAt IS NULL',
    trunkId,
  );
  if (trunk === undefined || e164 === undefined)
    throw new AppError('contract.not-found', 'a new number belongs to a trunk');
  const { country } = JSON.parse(trunk.settingsJson) as { country: string };
  const asked = { e164, country, isPracticeTrunk: trunk.practice === 1, proven: true };
  const refused = refusalOf(asked, callerIds.context());
  if (refused === 'foreign')
    throw new AppError('caller-id.foreign', 'the number is of another country than its trunk');
  if (refused !== null)
    throw new AppError('caller-id.not-dialable', 'nobody could call this number back');
}

function setState(parts: Parts): Handler<'caller-id.set-state'> {
  return async ({ callerIdId, state, restUntil, reason }, { principal }) => {
    const { callerIds, audit } = parts;
    const { e164 } = required(callerIds, callerIdId);
    await callerIds.apply(callerIdId, eventOf(state, restUntil));
    if (state === 'active') callerIds.forget(e164);
    const details = { callerIdId, state, reason: reason ?? null };
    audit({ action: 'caller-id.state-set', personId: principal.personId, details });
    return view(parts, callerIdId);
  };
}

function eventOf(state: PoolRow['state']['kind'], restUntil: number | undefined): PoolEvent {
  if (state === 'active') return { type: 'activate' };
  return state === 'retired' ? { type: 'retire' } : { type: 'rest', until: restUntil ?? null };
}

/** Only numbers of ours are kept: what a list says of others is nobody's business here. */
function importReports(parts: CallerIdHandlersParts): Handler<'caller-id.import-reports'> {
  return async ({ source, kind, text, url, complete }, { principal, commandId }) => {
    const { store, callerIds, audit } = parts;
    const content = await textOf(parts, text, url);
    const own = new Set(callerIds.list().map(({ e164 }) => e164));
    const file = await inPieces(readingReport(content, own));
    if (file.lines === file.unreadable && !complete)
      throw new AppError('caller-id.nothing-to-import', 'no number can be read in it');
    const named = [...own].filter((e164) => file.ours.has(e164));
    const isNew = (e164: string) =>
      kind === 'complaint' || !sourcesListing(store.read, e164).includes(source);
    const listed = named.filter(isNew);
    const delisted =
      complete && kind === 'listed' ? noLongerListed(parts, own, file.ours, source) : [];
    const reports = [
      ...listed.map((e164) => ({ e164, kind, source, note: file.ours.get(e164) ?? null })),
      ...delisted.map((e164) => ({ e164, kind: 'delisted' as const, source, note: null })),
    ];
    const personId = principal.personId;
    const changed = await store.write(
      callerIdWrites,
      'caller-id.add-reports',
      { reports, personId },
      commandId === null ? {} : { commandId },
    );
    callerIds.changed(changed);
    const counts = { listed: listed.length, delisted: delisted.length };
    audit({
      action: 'caller-id.reports-imported',
      personId,
      details: { source, kind, lines: file.lines, ...counts },
    });
    return { lines: file.lines, ours: named.length, unreadable: file.unreadable, ...counts };
  };
}

async function textOf(
  { reportPorts = systemPorts }: CallerIdHandlersParts,
  text: string | undefined,
  url: string | undefined,
): Promise<string> {
  if (text !== undefined) return text;
  if (url !== undefined) return fetchReport(url, reportPorts);
  throw new AppError('caller-id.nothing-to-import', 'neither a text nor an address');
}

function noLongerListed(
  { store }: CallerIdHandlersParts,
  own: ReadonlySet<string>,
  now: ReadonlyMap<string, unknown>,
  source: string,
): string[] {
  return [...own].filter(
    (e164) => !now.has(e164) && sourcesListing(store.read, e164).includes(source),
  );
}

function reportsOf(store: Store, e164: string) {
  return store.read.all<{
    callerIdReportId: string;
    e164: string;
    kind: 'listed' | 'delisted' | 'complaint';
    source: string;
    note: string | null;
    at: number;
  }>(
    `SELECT id AS callerIdReportId, e164, kind, source, note, at FROM callerIdReport
      WHERE e164 = ? ORDER BY at DESC, id DESC LIMIT 500`,
    e164,
  );
}

const monthOf = ({ month, callerIds }: Parts): Promise<MonthFigures> =>
  month.of(callerIds.list().map(({ e164 }) => e164));

async function view(parts: Parts, callerIdId: string): Promise<NumberView> {
  const month = await monthOf(parts);
  const [number] = views(parts, [required(parts.callerIds, callerIdId)], month);
  if (number === undefined) throw new AppError('contract.not-found', 'no such number');
  return number;
}

function views(
  { store, clock }: CallerIdHandlersParts,
  rows: readonly PoolRow[],
  { days30, against }: MonthFigures,
): NumberView[] {
  const { read } = store;
  const today = dayOf(clock.now());
  const campaigns = read.all<{ name: string; callerIdId: string | null; settingsJson: string }>(
    `SELECT name, callerIdId, settingsJson FROM campaign WHERE status <> 'finished' AND deletedAt IS NULL ORDER BY name`,
  );
  return rows.map((row) => ({
    callerIdId: row.callerIdId,
    trunkId: row.trunkId,
    trunkName: row.trunkName,
    e164: row.e164,
    label: row.label,
    country: row.place.country,
    region: row.place.hasArea ? row.place.region : null,
    state: row.state.kind,
    stateReason: row.state.reason,
    stateSince: row.stateSince,
    restUntil: row.state.kind === 'resting' ? row.state.until : null,
    proof: row.proof === null ? null : proofView(store, row.proof),
    schedule: row.schedule,
    maxPerHour: row.maxPerHour,
    refusedBecause: row.refusedBecause,
    today: countsSince(read, row.e164, today),
    days30: days30.get(row.e164) ?? noCounts,
    against: against.get(row.e164) ?? null,
    reports: countReports(store, row.e164),
    campaigns: campaigns
      .filter((campaign) => numbersOf(campaign).includes(row.callerIdId))
      .map(({ name }) => name),
  }));
}

function proofView(
  store: Store,
  { kind, note, at, personId }: NonNullable<PoolRow['proof']>,
): NonNullable<NumberView['proof']> {
  const person = store.read.get<{ displayName: string }>(
    'SELECT displayName FROM person WHERE id = ?',
    personId,
  );
  return { kind, note, at, personName: person?.displayName ?? null };
}

function countReports(store: Store, e164: string): number {
  const row = store.read.get<{ n: number }>(
    'SELECT count(*) AS n FROM callerIdReport WHERE e164 = ?',
    e164,
  );
  return row?.n ?? 0;
}
