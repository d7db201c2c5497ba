import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  createClockGuard,
  createContactRules,
  createOptOutWrites,
  loadPacks,
  packsForStore,
} from '../../contact-rules/index.ts';
import { addDebt, addDebtor, addPhone, addPortfolio } from '../../debtors/debtors.fixture.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import type { Incoming } from '../types.ts';
import { createInbox, type Inbox } from './index.ts';
import { createInboxWrites } from './writes.ts';

export const NOW = Date.UTC(2026, 10, 24, 12);
export const NUMBER = '+48100000001';
const resources = join(import.meta.dirname, '../../../resources');

export interface InboxRig {
  store: TestStore;
  inbox: Inbox;
  events: { name: string; data: Record<string, unknown> }[];
  /** epoch ms; timers that fall due are fired */
  advance(ms: number): Promise<void>;
  rules: ReturnType<typeof createContactRules>;
  now(): number;
}

export function openInbox(): InboxRig {
  let now = NOW;
  let timer: { at: number; run: () => void } | null = null;
  const clock = {
    now: () => now,
    monotonic: () => now,
    setTimer(delayMs: number, run: () => void) {
      const own = { at: now + delayMs, run };
      timer = own;
      return () => {
        if (timer === own) timer = null;
      };
    },
  };
  const rules = createContactRules({
    packs: packsForStore(loadPacks(join(resources, 'rule-packs')), 'practice'),
    storeKind: 'practice',
    clockGuard: createClockGuard(clock),
  });
  const optOuts = createOptOutWrites(() => {});
  const writes = createInboxWrites({
    applyOptOut: optOuts['optOut.apply'],
    recordContactEvents: rules.recordContactEvents,
  });
  const store = openTestStore({ writes, clock });
  const documentsDirectory = join(store.dataDir, 'documents');
  mkdirSync(documentsDirectory);
  const events: InboxRig['events'] = [];
  let next = 0;
  const inbox = createInbox({
    store,
    writes,
    clock,
    resources,
    documentsDirectory,
    idSource: { next: () => `file-${++next}` },
    publisher: { publish: (name, data) => events.push({ name, data: data as never }) },
    ourMessageId: (headerId) => /^<(.+)@us\.example>$/.exec(headerId)?.[1] ?? null,
    permissionsFor: (debtorId, points) =>
      points.map(({ contactPointId, kind }) => {
        const channel = kind === 'email' ? 'email' : 'sms';
        const decision = rules.decide(
          store.read,
          {
            ...{ debtorId, contactPointId, channel, mode: 'manual' },
            ...{ purpose: 'collection', target: 'debtor' },
          },
          now,
        );
        const permission = { ...decision, blockedBy: [...decision.blockedBy] };
        return { permission: null, messages: [{ channel, permission }] };
      }),
    log: () => {},
  });
  return {
    store,
    inbox,
    events,
    rules,
    now: () => now,
    async advance(ms) {
      now += ms;
      for (let due = timer; due !== null && due.at <= now; due = timer) {
        timer = null;
        due.run();
        await inbox.settled();
      }
    },
  };
}

/** A debtor in Poland with a mobile number. */
export function addPerson(store: TestStore, value = NUMBER, more = {}): string {
  return store.runNow((db, context) => {
    const portfolioId = addPortfolio(db, context);
    const debtorId = addDebtor(db, context, { portfolioId, synthetic: true, ...more });
    addDebt(db, context, { portfolioId, debtorId });
    const kind = value.includes('@') ? 'email' : 'mobile';
    addPhone(db, context, { debtorId, value, kind });
    return debtorId;
  });
}

let source = 0;
export function anSms(overrides: Partial<Incoming> = {}): Incoming {
  source += 1;
  return {
    kind: 'incoming',
    sourceKey: `source-${source}`,
    channel: 'sms',
    from: NUMBER,
    to: '+48100999999',
    text: 'Dzień dobry',
    subject: null,
    html: null,
    media: [],
    at: null,
    headerId: null,
    references: [],
    answersProviderId: null,
    automatic: false,
    part: null,
    ...overrides,
  };
}

export const anEmail = (overrides: Partial<Incoming> = {}): Incoming =>
  anSms({ channel: 'email', from: 'jan@poczta.example', to: 'us@us.example', ...overrides });
