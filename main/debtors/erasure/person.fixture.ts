import { ensurePerson } from '../../access/index.ts';
import type { TestStore } from '../../testing/open-test-store.ts';
import { personTables } from './person-tables.ts';

/** Stands in every text that could tell who a person is. */
export const MARKER = 'Żaneta Ćwiklińska';
export const NUMBER = '+48600700801';

interface Column {
  name: string;
  type: string;
  notnull: number;
}

/**
 * Columns that hold words of our own, by the meaning of their name; every other text column is taken for one that could
 * hold the person's words, and must be emptied. A column that is added later is so until it stands here.
 */
const words: Readonly<Record<string, string>> = {
  kind: 'other',
  status: 'open',
  state: 'open',
  currency: 'PLN',
  channel: 'call',
  direction: 'out',
  mode: 'manual',
  language: 'pl',
  jurisdiction: 'PL',
  country: 'PL',
  medium: 'call',
  method: 'transfer',
  role: 'trunkOut',
  component: 'principal',
  op: 'insert',
  debtKind: 'loan',
  interestKind: 'none',
  creditorName: 'Bank SA',
  list: 'firm',
  sentHow: 'post',
  mediaType: 'application/pdf',
  sha256: 'ab',
  fileName: 'f.bin',
  nationalIdKind: 'PESEL',
  trunkId: 't',
  callerId: '+48221112233',
  endedBy: 'agent',
  attemptResult: 'answered',
  lastResult: 'answered',
  dispositionCode: 'promise',
  doneReason: 'x',
  sipReason: 'OK',
  factsHash: 'h',
  reservation: 'used',
  account: '11 2222 3333',
  accountToPay: '12 3456',
  sourceKey: 'k1',
  groupKey: 'g1',
  purpose: 'collection',
  sender: 'DIALDESK',
  assignedTo: 'p',
  matchedBy: 'person',
  debtorAccountToPay: 'x',
  error: 'code',
  campaignId: 'c',
  personId: 'p',
  packsJson: '[]',
  flagsJson: '[]',
  timeZonesJson: '["Europe/Warsaw"]',
  debtIdsJson: '[]',
  keptJson: '[]',
  routeSetJson: '[]',
};

/** Words that a table's CHECK wants, or that its rows need. */
const wordsOf: Readonly<Record<string, Readonly<Record<string, string | number | null>>>> = {
  debtor: {
    kind: 'person',
    displayName: MARKER,
    deletedAt: null,
    erasedAt: null,
    mergedInto: null,
  },
  /** the number of an invoice stays in the books */
  debt: { externalRef: 'FV/2026/1', status: 'open', deletedAt: null },
  contactPoint: {
    kind: 'mobile',
    status: 'active',
    value: NUMBER,
    lineStatus: 'reachable',
    deletedAt: null,
  },
  answerTally: { slot: 'workday-18' },
  numberLookup: {
    number: NUMBER,
    status: 'reachable',
    provider: 'practice',
    network: 'Network',
    roaming: 'no',
    lineType: 'mobile',
  },
  lookupItem: { number: NUMBER },
  interactionContent: { kind: 'note', erasedAt: null },
  message: { channel: 'sms', state: 'sent', reason: 'gateway.refused' },
  inboundPart: { eventJson: JSON.stringify({ from: NUMBER, text: MARKER }) },
  inboxThread: { state: 'open', channels: 'sms email', deletedAt: null },
  interactionEvent: { kind: 'callEnded' },
  contactEvent: { kind: 'attempt', target: 'debtor' },
  contactOverride: { state: 'used', channel: 'call', rulesJson: '[]', deletedAt: null },
  personalBlock: {
    daysJson: '["mon"]',
    fromTime: '09:00',
    toTime: '17:00',
    timeZone: 'Europe/Warsaw',
    channelsJson: null,
    deletedAt: null,
  },
  statedPlace: { deletedAt: null },
  noticeSent: { notice: 'validationNotice', source: 'creditor', deletedAt: null },
  callParty: { state: 'thirdPerson', checksJson: '[]' },
  debtEntry: { kind: 'payment' },
  payment: { status: 'booked', source: 'manual', deletedAt: null },
  paymentPlan: { status: 'active', deletedAt: null },
  writeOff: { status: 'proposed', deletedAt: null },
  relation: { kind: 'spouse', otherDebtorId: null, deletedAt: null },
  debtorMerge: { undoneAt: null, deletedAt: null },
  bankEntry: { state: 'matched' },
  contactListEntry: {
    status: 'pending',
    blockedRule: 'SB-01',
    blockedPack: 'safe-base',
    blockedBecause: 'hours',
  },
  recording: { state: 'complete' },
  hold: { kind: 'dispute', liftedAt: null, deletedAt: null },
  importBefore: { tableName: 'debtor' },
  erasure: { state: 'finished', reason: null },
  document: { erasedAt: null, deletedAt: null },
  missedInbound: { reason: 'noAgent' },
  instalment: { status: 'open' },
  dialog: { role: 'trunkOut' },
};

/** Ids that rows have in common, so that the ways from table to table lead somewhere. */
function idsOf(debtorId: string): Readonly<Record<string, string>> {
  const id = (digit: number) => `00000000-0000-7000-8000-00000000000${digit}`;
  return {
    debtorId,
    interactionId: id(1),
    callId: id(2),
    debtId: id(3),
    paymentPlanId: id(4),
    importJobId: id(5),
    paymentId: id(6),
    contactPointId: id(7),
    keptDebtorId: debtorId,
    mergedDebtorId: id(8),
    portfolioId: id(9),
    recordingId: '00000000-0000-7000-8000-000000000010',
    messageId: '00000000-0000-7000-8000-000000000011',
    gatewayId: '00000000-0000-7000-8000-000000000012',
    rowId: debtorId,
  };
}

const ownId: Readonly<Record<string, string>> = {
  interaction: 'interactionId',
  message: 'messageId',
  debt: 'debtId',
  paymentPlan: 'paymentPlanId',
  payment: 'paymentId',
  contactPoint: 'contactPointId',
  debtor: 'debtorId',
  recording: 'recordingId',
  waveform: 'recordingId',
};

export function columnsOf(store: TestStore, table: string): Column[] {
  return store.read.all<Column>('SELECT name, type, "notnull" FROM pragma_table_info(?)', table);
}

/** One row in each table of persons, full of what must not be left. */
export function addPersonRows(store: TestStore, debtorId: string): void {
  store.runNow((db, context) => {
    ensurePerson(db, context, { displayName: 'Lead', role: 'lead' });
    const ids = idsOf(debtorId);
    const portfolioId = ids.portfolioId ?? '';
    db.insert('portfolio', { id: portfolioId, name: 'P', creditorName: 'C', createdAt: 1 });
    db.insert('gateway', {
      id: ids.gatewayId,
      kind: 'smpp',
      settingsJson: '{}',
      enabled: 0,
      practice: 1,
      createdAt: 1,
    });
    db.insert('importJob', {
      id: ids.importJobId,
      portfolioId,
      fileName: 'a.csv',
      fileSha256: '',
      mappingJson: '{}',
      state: 'finished',
      startedAt: 1,
    });
    db.insert('commandReply', {
      commandId: 'c1',
      writeName: 'w',
      at: context.now,
      replyJson: JSON.stringify({ value: { name: MARKER } }),
    });
    db.insert('auditEntry', {
      id: context.newId(),
      at: 1,
      action: 'debtor.shown',
      detailsJson: JSON.stringify({ debtorId, name: MARKER, number: NUMBER }),
    });
    for (const table of Object.keys(personTables)) {
      const row: Record<string, unknown> = {};
      for (const column of columnsOf(store, table)) {
        row[column.name] = cellOf(table, column, ids, context.newId);
      }
      db.insert(table, row);
    }
  });
}

function cellOf(
  table: string,
  { name, type }: Column,
  ids: Readonly<Record<string, string>>,
  newId: () => string,
): unknown {
  const given = wordsOf[table];
  if (given && Object.hasOwn(given, name)) return given[name];
  if (name === 'id') return ids[ownId[table] ?? ''] ?? newId();
  if (Object.hasOwn(ids, name)) return ids[name];
  if (Object.hasOwn(words, name)) return words[name];
  if (type === 'INTEGER') return name.endsWith('At') ? 1_000_000 : 1;
  if (name === 'nationalId' || name === 'taxId') return `${MARKER} 80051712345`;
  if (name.endsWith('Id') || name.endsWith('By')) return newId();
  if (/(On|From)$/.test(name)) return '2026-01-01';
  if (name.endsWith('Json')) {
    return JSON.stringify({ said: MARKER, number: NUMBER, nested: [{ [MARKER]: NUMBER }] });
  }
  return `${MARKER} ${NUMBER}`;
}
