import type {
  BankEntry,
  CallbackRow,
  CommandOutput,
  ErasurePreview,
  ExportProgress,
  ImportJobItem,
  LetterTemplate,
  ListRow,
  SavedFilter,
  SearchHit,
} from '#shared/contract/index.ts';
import { anId, fixedNow } from './fixture-base.ts';
import { anImport, debtorRows } from './lead-fixtures.ts';

/* The portfolio of the same made-up firm: lists, the bank, work for a lead, letters. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** So many debtors the list says that it has: only those in sight are ever made. */
export const listTotal = 1_000_000;

export function listRow(index: number): ListRow {
  const [row] = debtorRows(index, 1);
  if (!row) throw new Error('no row');
  const flags = [['lawyer'], [], [], ['dispute', 'breathingSpace'], [], [], []][index % 7] ?? [];
  return {
    ...row,
    portfolioId: anId(60),
    kind: row.displayName.includes('Sp. z o.o.') ? 'company' : 'person',
    status: flags.includes('dispute') ? 'disputed' : row.balances.length === 0 ? 'paid' : 'open',
    flags,
    lastContactAt: row.lastInteractionAt,
    lastResult: (['noAnswer', 'answered', 'busy', null] as const)[index % 4] ?? null,
    promise: (['none', 'broken', 'open', 'none', 'kept'] as const)[index % 5] ?? 'none',
    plan: (['none', 'none', 'active', 'broken'] as const)[index % 4] ?? 'none',
    nextActionAt: index % 3 === 0 ? fixedNow + (index % 9) * 7 * hourMs : null,
    writeOffProposed: index % 17 === 6,
  };
}

export const savedFilters: SavedFilter[] = [
  {
    savedFilterId: anId(800),
    name: 'Promises broken, over 30 days',
    filter: { promises: ['broken'], age: { fromDays: 30 } },
    sort: { by: 'balance', descending: true },
    shared: true,
    own: false,
    createdAt: fixedNow - 20 * dayMs,
  },
  {
    savedFilterId: anId(801),
    name: 'Przedsiębiorstwa z Krakowa i okolic',
    filter: { kind: 'company', cities: ['Kraków'] },
    sort: null,
    shared: false,
    own: true,
    createdAt: fixedNow - 2 * dayMs,
  },
];

const hit = (index: number, part: Partial<SearchHit>): SearchHit => {
  const [row] = debtorRows(index, 1);
  return {
    debtorId: anId(index === 0 ? 10 : 20_000 + index),
    displayName: row?.displayName ?? '',
    externalRef: row?.externalRef ?? '',
    city: row?.city ?? null,
    kind: 'name',
    matched: row?.displayName ?? '',
    match: 'prefix',
    recent: false,
    balances: row?.balances ?? [],
    oldestDaysPastDue: row?.oldestDaysPastDue ?? null,
    lastInteractionAt: null,
    flags: [],
    synthetic: false,
    ...part,
  };
};

/** What a search finds in the made-up firm. Numbers are those set aside for fiction. */
export function searchHits(query: string): SearchHit[] {
  if (query === '') {
    return [0, 1, 2, 5].map((index) => hit(index, { kind: 'recent', recent: true }));
  }
  if (/^[+\d ]+$/.test(query)) {
    return [
      hit(0, { kind: 'phone', matched: '+447700900123', recent: true }),
      hit(7, { kind: 'phone', matched: '+447700900182', match: 'inner', flags: ['lawyer'] }),
      hit(3, { kind: 'reference', matched: 'NT-104-7700', match: 'inner' }),
      hit(4, { kind: 'nationalId', matched: '•••••••7700', match: 'inner' }),
    ];
  }
  return [
    hit(0, { recent: true }),
    hit(12, { displayName: 'Jan Kowalski', matched: 'Jan Kowalski', flags: ['deceased'] }),
    hit(15, {
      displayName: 'Przedsiębiorstwo Kowalewo Sp. z o.o.',
      matched: 'biuro@kowalewo.example',
      kind: 'email',
      match: 'inner',
    }),
  ];
}

export const importJobs: ImportJobItem[] = [
  {
    ...anImport({ state: 'running', importJobId: anId(300) }),
    fileName: 'nest_telekom_2026-11.csv',
    target: 'Nest Telekom 2026-11',
    startedAt: fixedNow - 3_200,
    personName: 'Katarzyna Wiśniewska-Trzebiatowska',
  },
  {
    ...anImport({
      state: 'finished',
      importJobId: anId(302),
      kind: 'bankStatement',
      rows: 214,
      imported: 160,
      updated: 0,
      unchanged: 12,
      queued: 38,
      ignored: 4,
      rejected: 0,
      undoable: true,
    }),
    fileName: 'wyciag_20261119.mt940',
    target: '',
    startedAt: fixedNow - 26 * hourMs,
    personName: 'Katarzyna Wiśniewska-Trzebiatowska',
  },
  {
    ...anImport({
      state: 'finished',
      importJobId: anId(301),
      rows: 18_412,
      imported: 18_001,
      updated: 312,
      rejected: 99,
      undoable: true,
    }),
    fileName: 'nest_telekom_2026-10.xlsx',
    target: 'Nest Telekom 2026-10',
    startedAt: fixedNow - 12 * dayMs,
    personName: 'Marta Zielińska',
  },
  {
    ...anImport({ state: 'cancelled', importJobId: anId(303), kind: 'agencyHistory' }),
    fileName: 'historia_poprzednia_agencja.csv',
    target: 'Nest Telekom 2026-10',
    startedAt: fixedNow - 13 * dayMs,
    personName: 'Marta Zielińska',
  },
  {
    ...anImport({
      state: 'finished',
      importJobId: anId(304),
      kind: 'doNotCall',
      undoneAt: fixedNow - 15 * dayMs,
    }),
    fileName: 'robinson.csv',
    target: 'Robinson',
    startedAt: fixedNow - 16 * dayMs,
    personName: null,
  },
];

const entry = (index: number, part: Partial<BankEntry>): BankEntry => ({
  bankEntryId: anId(900 + index),
  importJobId: anId(302),
  account: 'PL61 1090 1014 0000 0712 1981 2874',
  bookedOn: '2026-11-19',
  amountMinor: 128_450,
  currency: 'PLN',
  payer: 'KOWALCZYK ANNA',
  payerAccount: 'PL27 1140 2004 0000 3002 0135 5387',
  title: 'FV/2026/0817 spłata',
  state: 'open',
  debtorId: null,
  debtorName: null,
  debtId: null,
  paymentId: null,
  matchedBy: null,
  personName: null,
  createdAt: fixedNow - 26 * hourMs,
  ...part,
});

export const bankQueue: CommandOutput<'bank.queue'>['entries'] = [
  {
    ...entry(0, {}),
    suggestions: [
      {
        debtorId: anId(10),
        debtId: anId(20),
        debtorName: 'Anna Kowalczyk-Wójcik',
        debtorRef: 'NT-104-2231',
        debtRef: 'FV/2026/0817',
        portfolioName: 'Nest Telekom 2026-10',
        balanceMinor: 128_450,
        certainty: 'likely',
        reasons: ['reference', 'nameAndAmount'],
      },
      {
        debtorId: anId(20_011),
        debtId: null,
        debtorName: 'Anna Kowalczyk',
        debtorRef: 'NT-111-1011',
        debtRef: null,
        portfolioName: 'Harbour Retail cards',
        balanceMinor: 412_000,
        certainty: 'possible',
        reasons: ['name'],
      },
    ],
  },
  {
    ...entry(1, {
      payer: 'PRZEDSIĘBIORSTWO USŁUGOWO-HANDLOWE JASKÓŁKA SP. Z O.O.',
      amountMinor: 2_000_000,
      title: 'za faktury wrzesień i październik',
    }),
    suggestions: [],
  },
  {
    ...entry(2, { payer: null, payerAccount: null, title: '', amountMinor: 5_000 }),
    suggestions: [],
  },
  ...Array.from({ length: 12 }, (_, index) => ({
    ...entry(10 + index, {
      payer: debtorRows(index, 1)[0]?.displayName ?? null,
      amountMinor: 10_000 + index * 3_731,
      title: `rata ${index + 1}`,
    }),
    suggestions: [],
  })),
];

export const bankEntries: BankEntry[] = [
  entry(20, {
    state: 'matched',
    debtorId: anId(10),
    debtorName: 'Anna Kowalczyk-Wójcik',
    matchedBy: 'account',
    amountMinor: 20_000,
  }),
  entry(21, {
    state: 'matched',
    debtorId: anId(20_003),
    debtorName: 'Mary Wetherby',
    payer: 'M WETHERBY',
    matchedBy: 'person',
    personName: 'Marta Zielińska',
  }),
  entry(22, { state: 'ignored', payer: 'ZAKŁAD ENERGETYCZNY', title: 'zwrot nadpłaty' }),
  ...bankQueue.slice(0, 4),
];

const writeOff = (
  index: number,
  part: Partial<CommandOutput<'write-off.list'>['writeOffs'][number]>,
): CommandOutput<'write-off.list'>['writeOffs'][number] => ({
  writeOffId: anId(1000 + index),
  debtorId: anId(10),
  debtId: anId(20),
  amountMinor: 28_450,
  currency: 'PLN',
  reason:
    'Pays 1 000,00 at once if the rest is let go. Pensioner, one income; spoke with the daughter, who confirms it.',
  status: 'proposed',
  proposedByName: 'Paweł Górski',
  proposedBy: anId(2),
  decidedByName: null,
  decidedAt: null,
  decisionNote: null,
  createdAt: fixedNow - 3 * hourMs,
  displayName: 'Anna Kowalczyk-Wójcik',
  debtRef: 'FV/2026/0817',
  creditorName: 'Nest Telekom S.A.',
  balanceMinor: 128_450,
  ...part,
});

export const writeOffs = [
  writeOff(0, {}),
  writeOff(1, {
    displayName: 'Константинопольский Александр Владимирович',
    amountMinor: 1_240_000,
    balanceMinor: 1_240_000,
    currency: 'RUB',
    reason: 'Наследники отказались от наследства.',
    proposedByName: 'Екатерина Белозёрская',
    createdAt: fixedNow - 26 * hourMs,
  }),
  writeOff(2, {
    displayName: 'George Ashcombe',
    amountMinor: 900,
    balanceMinor: 900,
    currency: 'GBP',
    reason: 'Costs more to collect than it is.',
    proposedBy: anId(1),
    proposedByName: 'Marta Zielińska',
    createdAt: fixedNow - 3 * dayMs,
  }),
];

const callback = (index: number, part: Partial<CallbackRow>): CallbackRow => ({
  callbackId: anId(1100 + index),
  debtorId: anId(20_000 + index),
  displayName: debtorRows(index, 1)[0]?.displayName ?? '',
  at: fixedNow + index * hourMs,
  timeZone: 'Europe/Warsaw',
  personId: anId(1),
  agentName: 'Marta Zielińska',
  contactPointId: null,
  number: '+447700900123',
  campaignId: null,
  status: 'open',
  note: null,
  createdAt: fixedNow - dayMs,
  ...part,
});

export const callbacks: CallbackRow[] = [
  callback(1, { at: fixedNow - 3 * hourMs, note: 'After work; ask for the daughter.' }),
  callback(0, { at: fixedNow - 4 * minuteMs, debtorId: anId(10), number: '+447700900188' }),
  callback(3, {
    at: fixedNow + 2 * hourMs,
    timeZone: 'Europe/London',
    personId: null,
    agentName: null,
  }),
  callback(7, { at: fixedNow + 20 * hourMs, timeZone: 'Asia/Vladivostok', number: null }),
];

const template = (index: number, part: Partial<LetterTemplate>): LetterTemplate => ({
  letterTemplateId: anId(1200 + index),
  name: 'Wezwanie do zapłaty',
  kind: 'demandForPayment',
  language: 'pl',
  version: 3,
  sample: false,
  updatedAt: fixedNow - 9 * dayMs,
  updatedBy: 'Katarzyna Wiśniewska-Trzebiatowska',
  body: {
    subject: 'Wezwanie do zapłaty',
    deadlineDays: 14,
    parts: [
      {
        kind: 'text',
        style: 'normal',
        align: 'left',
        text: 'Wzywamy do zapłaty kwoty {{total.balance}} do dnia {{letter.deadline}}.',
      },
      { kind: 'debts', columns: ['reference', 'dueOn', 'balance'], withTotal: true },
      { kind: 'payTo' },
      { kind: 'signature', text: '{{agent.name}}' },
    ],
  },
  ...part,
});

export const letterTemplates: LetterTemplate[] = [
  template(0, {}),
  template(1, {
    name: 'Demand for payment',
    language: 'en',
    sample: true,
    version: 1,
    updatedBy: null,
  }),
  template(2, { name: 'Ugoda ratalna', kind: 'paymentPlan' }),
  template(3, { name: 'Подтверждение оплаты', kind: 'paymentConfirmation', language: 'ru' }),
];

export const letterhead: CommandOutput<'document.get-letterhead'> = {
  name: 'Dialdesk Windykacja Sp. z o.o.',
  street: 'ul. Przykładowa 12',
  postalCode: '31-000',
  city: 'Kraków',
  country: 'Polska',
  ids: [
    { label: 'NIP', value: '123-456-32-18' },
    { label: 'KRS', value: '0000123456' },
  ],
  phone: '+44 7700 900800',
  email: 'biuro@dialdesk.example',
  website: 'dialdesk.example',
  bankName: 'Bank Przykładowy',
  bankAccount: 'PL61 1090 1014 0000 0712 1981 2874',
  footer: '',
  logo: null,
};

export const erasure: ErasurePreview = {
  debtorId: anId(10),
  displayName: 'Anna Kowalczyk-Wójcik',
  externalRef: 'NT-104-2231',
  jurisdiction: 'PL',
  erases: [
    { group: 'identity', rows: 1 },
    { group: 'contactPoints', rows: 4 },
    { group: 'messages', rows: 12 },
    { group: 'recordings', rows: 7 },
  ],
  keeps: [
    {
      group: 'payments',
      rows: 3,
      until: '2031-12-31',
      law: 'art. 74 ust. 2 ustawy o rachunkowości',
      because: 'Accounting records are kept for five years.',
      source: 'retention/pl',
    },
  ],
  rulesStatus: 'draft',
  blockedBy: [],
  needsReason: true,
  openBalances: [{ amountMinor: 284_550, currency: 'PLN' }],
};

export const anExport = (overrides: Partial<ExportProgress> = {}): ExportProgress => ({
  exportJobId: anId(1300),
  kind: 'list',
  fileName: 'debtors.xlsx',
  state: 'running',
  rows: 412_000,
  totalRows: listTotal,
  bytes: null,
  seconds: 11,
  expiresAt: null,
  error: null,
  ...overrides,
});
