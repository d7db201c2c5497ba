import { join } from 'node:path';
import { commands } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import type { Publisher, RequestContext } from '../../contract-server/types.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { createCalendars } from '../calendars/calendars.ts';
import { loadCalendars } from '../calendars/load-calendars.ts';
import { type ContactRules, createContactRules } from '../contact-rules.ts';
import { packsForStore } from '../door/choose-packs.ts';
import { createClockGuard } from '../door/clock-guard.ts';
import { loadPacks } from '../packs/load-packs.ts';
import type { ContactRequest } from '../types.ts';
import { createFirmRuleHandlers } from './firm-rule-handlers.ts';
import { firmRuleWrites } from './firm-rule-writes.ts';

export const OWNER = '01a00000-0000-7000-8000-000000000001';
const resources = join(import.meta.dirname, '../../../resources');
export const allPacks = loadPacks(join(resources, 'rule-packs'));

/** At most one call a day to each person. */
export const aCap = (overrides: object = {}) => ({
  id: 'OWN-1',
  ...{ kind: 'cap', basis: 'policy', source: 'house rule', channels: ['call'], severity: 'deny' },
  ...{ counts: ['attempt'], direction: 'out', countChannels: ['call'], excludeFlags: [] },
  ...{ scope: ['person'], limit: 0, window: { type: 'calendarDays', days: 1 } },
  ...overrides,
});

/** The commands of this area over a real store with the real door, at Tuesday 24 November 2026, 10:00 in Warsaw. */
export class FirmRig {
  now = Date.UTC(2026, 10, 24, 9);
  readonly store: TestStore;
  readonly rules: ContactRules;
  readonly shipped: RulePack[];
  readonly published: string[] = [];
  readonly #handlers: Record<string, (input: unknown, context: RequestContext) => unknown>;

  constructor({ kind = 'real', shipped }: { kind?: StoreKind; shipped?: RulePack[] } = {}) {
    const startedAt = this.now;
    const clock = {
      now: () => this.now,
      monotonic: () => this.now - startedAt,
      setTimer: () => () => {},
    };
    this.shipped = shipped ?? packsForStore(allPacks, kind);
    this.store = openTestStore({ writes: firmRuleWrites, clock, storeKind: kind });
    this.rules = createContactRules({
      ...{ packs: this.shipped, storeKind: kind, clockGuard: createClockGuard(clock) },
      calendars: createCalendars(loadCalendars(join(resources, 'calendars'))),
    });
    const publisher: Publisher = { publish: (name) => void this.published.push(name) };
    this.#handlers = createFirmRuleHandlers({
      ...{ store: this.store, storeKind: kind, clock, publisher, shipped: this.shipped },
      decideAsIf: (db, requests, at, firm) => this.rules.decideMany(db, requests, at, firm),
    }) as never;
    this.store.runNow((db) => {
      db.insert('person', {
        ...{ id: OWNER, displayName: 'Ola', role: 'admin', sipUser: 'ola', createdAt: this.now },
      });
    });
  }

  /** A command as the server runs it: input and output are parsed. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever the contract lets through
  async call(name: keyof typeof commands, input: object = {}, commandId?: string): Promise<any> {
    const context: RequestContext = {
      principal: { personId: OWNER, displayName: 'Ola', role: 'admin' },
      connectionId: 'one',
      commandId: commandId ?? null,
    };
    const handler = this.#handlers[name];
    if (!handler) throw new Error(`no handler of ${name}`);
    return commands[name].output.parse(await handler(commands[name].input.parse(input), context));
  }

  /** A pack in force with these rules. */
  async publish(title: string, content: object): Promise<{ packId: string; ownPackId: string }> {
    const { row, pack } = await this.call('rules.start-draft', { title });
    const { ownPackId, packId } = row;
    await this.call('rules.save-draft', { ownPackId, pack: { ...pack, ...content } });
    await this.call('rules.publish-draft', { ownPackId });
    return { packId, ownPackId };
  }

  /** A debtor with a mobile number, where the number says too. @returns the id */
  addDebtor(place: {
    jurisdiction: string;
    zone: string;
    number: string;
    name?: string;
    portfolioId?: string;
  }): string {
    return this.store.runNow((db, context) => {
      const debtorId = context.newId();
      const name = place.name ?? 'Jan Kowalski';
      db.insert('debtor', {
        ...{ id: debtorId, externalRef: debtorId, kind: 'person', language: 'pl' },
        ...{ displayName: name, searchName: name.toLowerCase(), jurisdiction: place.jurisdiction },
        ...{ timeZonesJson: JSON.stringify([place.zone]), synthetic: false, createdAt: 0 },
        portfolioId: place.portfolioId ?? null,
      });
      db.insert('contactPoint', {
        ...{ id: context.newId(), debtorId, kind: 'mobile', value: place.number, status: 'active' },
        ...{ timeZonesJson: JSON.stringify([place.zone]), createdAt: 0 },
      });
      return debtorId;
    });
  }

  /** What the door says of a call by hand now. */
  ask(debtorId: string, number: string) {
    return this.rules.decide(this.store.read, aCallTo(debtorId, number), this.now);
  }

  /** The same in the writer, as a call is made. */
  reserve(debtorId: string, number: string) {
    const request = aCallTo(debtorId, number);
    return this.store.runNow((db, context) =>
      this.rules.reserve(db, context, request, { callId: 'one' }),
    );
  }

  audit(): { action: string; details: Record<string, unknown> }[] {
    return this.store.read
      .all<{ action: string; detailsJson: string }>(
        'SELECT action, detailsJson FROM auditEntry ORDER BY id',
      )
      .map(({ action, detailsJson }) => ({ action, details: JSON.parse(detailsJson) }));
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

function aCallTo(debtorId: string, number: string): ContactRequest {
  const how = { channel: 'call', mode: 'manual', purpose: 'collection', target: 'debtor' } as const;
  return { debtorId, number, ...how };
}
