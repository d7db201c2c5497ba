import { afterEach } from 'vitest';
import type { SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import { createContactRules } from '../../contact-rules/contact-rules.ts';
import { packsForStore } from '../../contact-rules/door/choose-packs.ts';
import { allPacks, calendarTables } from '../../contact-rules/door/door.fixture.ts';
import {
  type ContactRules,
  createClockGuard,
  createOptOutWrites,
  practiceNumberAt,
} from '../../contact-rules/index.ts';
import type { WriteDb } from '../../store/types.ts';
import { type ManualClock, manualClock } from '../../testing/contract-clock.ts';
import { openTestStore, type TestStore } from '../../testing/open-test-store.ts';
import { createRegistry, GatewayHub } from '../gateways/index.ts';
import { gatewayWrites } from '../gateways/writes.ts';
import type { Filled, FillRequest, InboxSink, MessageMedia, MessageTexts } from '../ports.ts';
import type {
  AdapterKind,
  AdapterParts,
  AskedMessage,
  HandOver,
  Incoming,
  OutgoingMessage,
  Receipt,
} from '../types.ts';
import { type BulkWrites, createBulkWrites } from './bulk-writes.ts';
import { Bulks } from './bulks.ts';
import { Outbox } from './outbox.ts';
import { createOutboxWrites } from './outbox-writes.ts';
import type { QueueMessage } from './queue-writes.ts';

/** a Tuesday, ten in the morning in Warsaw */
export const tuesday = Date.parse('2026-11-24T10:00:00+01:00');

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close();
});

/** Lets promises and commits that wait for nothing outside come through. */
export async function settle(turns = 30): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1)
    await new Promise<void>((resolve) => setImmediate(resolve));
}

/** A gateway whose other end is this test. */
export class FakeGateway {
  readonly parts: AdapterParts;
  readonly sent: OutgoingMessage[] = [];
  readonly asked: AskedMessage[] = [];
  concurrency = 10;
  isClosed = false;
  underWay = 0;
  mostUnderWay = 0;
  answer: (message: OutgoingMessage) => HandOver | Promise<HandOver> = (message) => ({
    kind: 'accepted',
    providerIds: [`p-${message.messageId}`],
    parts: 1,
  });
  queryAnswer: (asked: AskedMessage) => Receipt | 'notTaken' | null = () => null;

  constructor(parts: AdapterParts) {
    this.parts = parts;
  }

  /** as an adapter's `GatewayAdapter` */
  get adapter() {
    const self = this;
    return {
      open: () => self.parts.onState({ kind: 'ready', code: null, detail: null }),
      close: async () => {
        self.isClosed = true;
      },
      get concurrency() {
        return self.concurrency;
      },
      maxMediaBytes: 300_000,
      async send(message: OutgoingMessage) {
        self.sent.push(message);
        self.underWay += 1;
        self.mostUnderWay = Math.max(self.mostUnderWay, self.underWay);
        try {
          return await self.answer(message);
        } finally {
          self.underWay -= 1;
        }
      },
      async query(asked: AskedMessage) {
        self.asked.push(asked);
        return self.queryAnswer(asked);
      },
    };
  }

  receipt(receipt: Partial<Receipt>): Promise<void> {
    return this.parts.events([
      {
        kind: 'receipt',
        providerId: null,
        messageId: null,
        state: 'delivered',
        hint: false,
        badAddress: false,
        code: null,
        at: null,
        ...receipt,
      },
    ]);
  }
}

export interface RigOptions {
  maxPerSecond?: number;
  gateways?: number;
  start?: boolean;
}

/** An outbox over a store of its own, with the door and the packs of practice stores, and gateways that this test answers for. */
export async function openOutboxRig({ maxPerSecond = 1_000, gateways = 1 }: RigOptions = {}) {
  const clock = manualClock(tuesday);
  const rules = practiceRules(clock);
  const threads: string[] = [];
  const applyOptOut = createOptOutWrites(() => {})['optOut.apply'];
  const writes = createOutboxWrites(
    { ...rules, applyOptOut },
    {
      outgoing: (_db, _context, message) => void threads.push(message.debtorId),
    },
  );
  const bulkWrites = createBulkWrites(rules);
  const store = openTestStore({ writes: { ...writes, ...bulkWrites, ...gatewayWrites }, clock });
  const fakes = new Map<string, FakeGateway>();
  const incoming: Incoming[] = [];
  /** of gateways that are opened from now on */
  const answers: Partial<Pick<FakeGateway, 'answer' | 'queryAnswer'>> = {};
  const kind: AdapterKind<'smpp'> = {
    kind: 'smpp',
    create(parts) {
      const fake = new FakeGateway(parts as unknown as AdapterParts);
      Object.assign(fake, answers);
      fakes.set(parts.gatewayId, fake);
      return fake.adapter;
    },
    test: async () => [],
  };
  const gatewayIds: string[] = [];
  for (let index = 0; index < gateways; index += 1) {
    const settings = { ...smppSettings, maxPerSecond, name: `Gateway ${index + 1}` };
    const row = { gatewayId: null, settings, secrets: {}, enabled: true, practice: true };
    gatewayIds.push((await store.write(gatewayWrites, 'gateway.save-row', row)).gatewayId);
    clock.advance(1);
  }
  const logged: string[] = [];
  const suspect = { clock: false };
  const debtorIds: string[] = [];
  const make = () => {
    const life = { isOver: false };
    const parts = {
      store,
      clock,
      rules,
      writes,
      bulkWrites,
      kind,
      incoming,
      logged,
      suspect,
      debtorIds,
    };
    return { life, ...makeOutbox({ ...parts, ...mortal(parts, life) }) };
  };
  const rig = {
    ...make(),
    store,
    clock,
    rules,
    writes,
    fakes,
    incoming,
    threads,
    logged,
    suspect,
    gatewayIds,
    gatewayId: gatewayIds[0] ?? '',
    get fake() {
      return fakes.get(gatewayIds[0] ?? '') as FakeGateway;
    },
    /** as a new run of the engine over the same store; the old one is dead: it writes nothing and hears nothing */
    async restart(now: typeof answers = {}) {
      Object.assign(answers, now);
      rig.life.isOver = true;
      await settle();
      Object.assign(rig, make());
      await rig.begin();
    },
    async begin() {
      await rig.outbox.recover();
      rig.hub.openAll();
      rig.outbox.start();
      rig.bulks.resume();
      await settle();
    },
    /** of those that messages to many go to */
    addDebtor(row: Record<string, unknown> = {}) {
      const debtor = addDebtor(store, row);
      debtorIds.push(debtor.debtorId);
      return debtor;
    },
    async send(debtor: Made, more: Partial<QueueMessage> = {}) {
      const reply = await rig.outbox.queue(aMessage(rig.gatewayId, debtor, clock, more), {});
      await settle();
      return reply;
    },
    state: (messageId: string) =>
      store.read.get<StateRow>(
        `SELECT state, reason, detail, parts, gatewayId, tries, hint, sentAt, deliveredAt, nextAt, finishedAt, reservationId,
           interactionId FROM message WHERE id = ?`,
        messageId,
      ) as StateRow,
    events: (messageId: string) =>
      store.read
        .all<{ kind: string }>(
          `SELECT e.kind FROM interactionEvent e JOIN message m ON m.interactionId = e.interactionId
           WHERE m.id = ? ORDER BY e.id`,
          messageId,
        )
        .map(({ kind: name }) => name),
    reservation: (messageId: string) =>
      store.read.get<{ reservation: string }>(
        `SELECT e.reservation FROM message m JOIN contactEvent e ON e.id = m.reservationId WHERE m.id = ?`,
        messageId,
      )?.reservation,
    async close() {
      await rig.bulks.close();
      await rig.outbox.stop();
      await store.close();
    },
  };
  open.push(rig);
  await rig.begin();
  return rig;
}

export interface StateRow {
  state: string;
  reason: string | null;
  detail: string | null;
  parts: number | null;
  gatewayId: string;
  tries: number;
  hint: number;
  sentAt: number | null;
  deliveredAt: number | null;
  nextAt: number | null;
  finishedAt: number | null;
  reservationId: string | null;
  interactionId: string | null;
}

interface MakeParts {
  store: TestStore;
  clock: ManualClock;
  rules: ContactRules;
  writes: ReturnType<typeof createOutboxWrites>;
  kind: AdapterKind<'smpp'>;
  incoming: Incoming[];
  logged: string[];
  suspect: { clock: boolean };
  bulkWrites: BulkWrites;
  debtorIds: readonly string[];
}

/** What a dead engine cannot do any more: hear timers and write. */
function mortal(
  { store, clock }: Pick<MakeParts, 'store' | 'clock'>,
  life: { isOver: boolean },
): Pick<MakeParts, 'store' | 'clock'> {
  const never = new Promise<never>(() => {});
  return {
    store: {
      ...store,
      write: (...input) => (life.isOver ? never : store.write(...input)),
    },
    clock: {
      ...clock,
      setTimer: (delayMs, run) =>
        clock.setTimer(delayMs, () => {
          if (!life.isOver) run();
        }),
    },
  };
}

function makeOutbox(parts: MakeParts) {
  const { store, clock, rules, writes, bulkWrites, kind, incoming, logged, suspect, debtorIds } =
    parts;
  const log = (message: string) => void logged.push(message);
  const hub: GatewayHub = new GatewayHub({
    store,
    clock,
    registry: createRegistry([kind]),
    fetch: globalThis.fetch,
    sink: (gatewayId, events) => outbox.take(gatewayId, events),
    webhookUrl: () => null,
    publishMedia: () => null,
    log,
  });
  const outbox: Outbox = new Outbox({
    store,
    writes,
    clock,
    hub,
    texts: fakeTexts,
    media: fakeMedia,
    inbox: fakeInbox(incoming),
    stillAllowed: (reservationId) => rules.recheck(store.read, reservationId, clock.now()).allowed,
    clockSuspect: () => suspect.clock,
    publicBaseUrl: () => '',
    log,
  });
  const bulks = new Bulks({
    store,
    writes: bulkWrites,
    clock,
    hub,
    outbox,
    texts: fakeTexts,
    rules,
    idsOf: async () => new Uint8Array(Buffer.from(idsAsBytes(debtorIds))),
    publisher: { publish: () => {} },
    log,
  });
  return { hub, outbox, bulks };
}

/** 16 bytes each, as the list of debtors tells them. */
function idsAsBytes(ids: readonly string[]): Buffer {
  return Buffer.from(ids.join('').replaceAll('-', ''), 'hex');
}

function practiceRules(clock: ManualClock): ContactRules {
  return createContactRules({
    packs: packsForStore(allPacks, 'practice'),
    calendarTables,
    storeKind: 'practice',
    clockGuard: createClockGuard(clock),
  });
}

const smppSettings: SettingsOf<'smpp'> = {
  kind: 'smpp',
  name: 'Gateway',
  senders: [],
  maxPerSecond: 1_000,
  validityMinutes: 1_440,
  host: '127.0.0.1',
  port: 2775,
  systemId: 'us',
  systemType: '',
  bind: 'transceiver',
  window: 10,
  enquireEveryMs: 30_000,
  answerWithinMs: 30_000,
  longMessages: 'udh',
  defaultAlphabet: 'gsm7',
  receiptIds: 'either',
};

/** Texts that name the debtor; those of `lacking` lack a field. */
export const fakeTexts: MessageTexts = {
  fillMany: (_read, requests) => requests.map(fill),
  offer: () => [],
  published: (_read, templateId) =>
    templateId === 'template-1'
      ? {
          name: 'Reminder',
          channel: 'sms',
          version: 1,
          purpose: 'collection',
          sender: null,
          attachments: [],
          discloses: true,
        }
      : null,
};

function fill({ debtorId, templateVersion }: FillRequest): Filled {
  return {
    ok: true,
    language: 'pl',
    subject: '',
    text: `for ${debtorId}`,
    html: null,
    missing: debtorId === lacking ? ['total.balance'] : [],
    problems: [],
    discloses: false,
    sender: null,
    purpose: 'collection',
    templateVersion,
    attachments: [],
    wantsDocumentLink: false,
  };
}

const fakeMedia: Pick<MessageMedia, 'make' | 'read'> = {
  make: async () => [],
  read: async (documentId) => ({
    name: documentId,
    mediaType: 'image/jpeg',
    bytes: new Uint8Array([1]),
  }),
};

function fakeInbox(incoming: Incoming[]): InboxSink {
  return {
    take: async (_gatewayId, events) => void incoming.push(...events),
    replyHeaders: () => null,
  };
}

export interface Made {
  debtorId: string;
  contactPointId: string;
  number: string;
}

let made = 0;
const idOf = (count: number) => `01900000-0000-7000-8000-${String(count).padStart(8, '0')}0000`;
/** of a debtor whose texts lack a field */
export const lacking = '01900000-0000-7000-8000-99999999ffff';

export function addDebtor(store: TestStore, row: Record<string, unknown> = {}): Made {
  made += 1;
  const debtorId = typeof row.id === 'string' ? row.id : idOf(made);
  const contactPointId = `point-${made}`;
  const number = practiceNumberAt('PL', made) ?? '';
  store.runNow((db: WriteDb) => {
    db.insert('debtor', {
      id: debtorId,
      externalRef: debtorId,
      kind: 'person',
      displayName: 'Made Up',
      searchName: 'made up',
      language: 'pl',
      jurisdiction: 'PL',
      timeZonesJson: '["Europe/Warsaw"]',
      synthetic: 1,
      createdAt: 0,
      ...row,
    });
    db.insert('contactPoint', {
      id: contactPointId,
      debtorId,
      kind: 'mobile',
      value: number,
      status: 'active',
      timeZonesJson: '[]',
      createdAt: 0,
    });
  });
  return { debtorId, contactPointId, number };
}

let messages = 0;
export function aMessage(
  gatewayId: string,
  debtor: Made,
  clock: ManualClock,
  more: Partial<QueueMessage> = {},
): Omit<QueueMessage, 'leavesNow' | 'clockSuspect'> {
  messages += 1;
  return {
    messageId: `m-${messages}`,
    channel: 'sms',
    debtorId: debtor.debtorId,
    debtId: null,
    contactPointId: debtor.contactPointId,
    toAddress: debtor.number,
    sender: null,
    gatewayId,
    templateId: null,
    templateVersion: null,
    language: 'pl',
    purpose: 'collection',
    callId: null,
    threadId: null,
    personId: 'person-1',
    content: { text: 'Good morning', subject: '', html: null },
    attachments: [],
    documentLink: null,
    parts: 1,
    dueAt: clock.now(),
    expiresAt: clock.now() + 86_400_000,
    revealReason: null,
    ...more,
  };
}
