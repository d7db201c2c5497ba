import type {
  AgentStatus,
  Call,
  Campaign,
  CommandOutput,
  DebtorRow,
  ImportPreview,
  ImportProgress,
  Person,
  Trunk,
} from '#shared/contract/index.ts';
import { aCall, aCampaign, anAgentStatus, anId, fixedNow } from './fixtures.ts';

/* The lead's side of the same made-up firm: numbers are from ranges set aside for fiction. */

const minuteMs = 60_000;
const dayMs = 86_400_000;

export const portfolios: CommandOutput<'debtor.list-portfolios'>['portfolios'] = [
  {
    portfolioId: anId(60),
    name: 'Nest Telekom 2026-10',
    creditorName: 'Nest Telekom S.A.',
    debtors: 1200,
    debts: 1894,
    balances: [{ amountMinor: 214_845_020, currency: 'PLN' }],
    synthetic: true,
    priorContact: 'imported',
    createdAt: fixedNow - 12 * dayMs,
  },
  {
    portfolioId: anId(61),
    name: 'Северная энергосбытовая компания, октябрь',
    creditorName: 'АО «Северная энергосбытовая компания»',
    debtors: 38_412,
    debts: 40_117,
    balances: [{ amountMinor: 98_412_345_600, currency: 'RUB' }],
    synthetic: true,
    priorContact: 'unknown',
    createdAt: fixedNow - 40 * dayMs,
  },
  {
    portfolioId: anId(62),
    name: 'Harbour Retail cards',
    creditorName: 'Harbour Retail Ltd',
    debtors: 640,
    debts: 702,
    balances: [
      { amountMinor: 51_234_500, currency: 'GBP' },
      { amountMinor: 1_200_000, currency: 'EUR' },
    ],
    synthetic: false,
    priorContact: 'none',
    createdAt: fixedNow - 90 * dayMs,
  },
];

const names = [
  'Anna Kowalczyk-Wójcik',
  'Stanisław Brzęczyszczykiewicz',
  'Константинопольский Александр Владимирович',
  'Mary Wetherby',
  '王秀英',
  'Przedsiębiorstwo Usługowo-Handlowe „Jaskółka” Sp. z o.o.',
  'Jan Nowak',
  'Ольга Сергеевна Щербакова',
  'George Ashcombe',
  'Zofia Dąbrowska',
];
const cities = ['Kraków', 'Łódź', 'Санкт-Петербург', 'Leeds', '上海', 'Gdańsk', null];
const languages = ['pl', 'pl', 'ru', 'en', 'zh', 'pl'];

export function debtorRows(from: number, count: number): DebtorRow[] {
  return Array.from({ length: count }, (_, index) => debtorRow(from + index));
}

function debtorRow(index: number): DebtorRow {
  const currency = ['PLN', 'PLN', 'RUB', 'GBP'][index % 4] ?? 'PLN';
  return {
    debtorId: anId(index === 0 ? 10 : 20_000 + index),
    displayName: names[index % names.length] ?? '',
    externalRef: `NT-${100 + (index % 37)}-${1000 + index}`,
    city: cities[index % cities.length] ?? null,
    language: languages[index % languages.length] ?? 'pl',
    balances:
      index % 13 === 7
        ? []
        : index % 11 === 3
          ? [
              { amountMinor: 12_300 + index * 731, currency },
              { amountMinor: 8_000, currency: 'EUR' },
            ]
          : [{ amountMinor: 12_300 + ((index * 73_331) % 900_000), currency }],
    debtCount: 1 + (index % 3),
    oldestDaysPastDue: index % 9 === 4 ? null : 30 + ((index * 17) % 400),
    phoneCount: index % 8 === 5 ? 0 : 1 + (index % 3),
    lastInteractionAt: index % 4 === 1 ? null : fixedNow - ((index * 7_919) % 3000) * minuteMs,
    synthetic: index % 10 !== 8,
  };
}

const person = (id: number, displayName: string, role: Person['role'], active = true): Person => ({
  personId: anId(id),
  displayName,
  role,
  active,
  sipUser: `p${id}`,
});
export const people: Person[] = [
  person(1, 'Marta Zielińska', 'admin'),
  person(2, 'Paweł Górski', 'agent'),
  person(3, 'Екатерина Белозёрская', 'agent'),
  person(4, '李娜', 'agent'),
  person(5, 'Katarzyna Wiśniewska-Trzebiatowska', 'lead'),
  person(6, 'Tomasz Lis', 'agent', false),
  person(7, 'Command line', 'machine'),
];

export const agents: AgentStatus[] = [
  anAgentStatus({ workState: 'notReady', since: fixedNow - 4 * minuteMs }),
  anAgentStatus({
    personId: anId(2),
    displayName: 'Paweł Górski',
    workState: 'talking',
    callId: anId(101),
    since: fixedNow - 151_000,
  }),
  anAgentStatus({
    personId: anId(3),
    displayName: 'Екатерина Белозёрская',
    workState: 'ready',
    since: fixedNow - 12_000,
  }),
  anAgentStatus({
    personId: anId(4),
    displayName: '李娜',
    workState: 'wrapUp',
    since: fixedNow - 33_000,
  }),
  anAgentStatus({
    personId: anId(5),
    displayName: 'Katarzyna Wiśniewska-Trzebiatowska',
    workState: 'ready',
    line: 'silent',
    since: fixedNow - 63_000,
  }),
  anAgentStatus({
    personId: anId(8),
    displayName: 'Joanna Kruk',
    workState: 'offline',
    line: 'down',
    since: fixedNow - 3 * 3_600_000,
  }),
];

export const liveCalls: Call[] = [
  aCall({
    callId: anId(101),
    personId: anId(2),
    number: '+447700900123',
  }),
  aCall({
    callId: anId(102),
    personId: null,
    state: 'ringing',
    number: '+447700900188',
    startedAt: fixedNow - 9_000,
    answeredAt: null,
    joinedAt: null,
  }),
  aCall({
    callId: anId(103),
    personId: null,
    state: 'ringing',
    number: '+447700900154',
    startedAt: fixedNow - 14_000,
    answeredAt: fixedNow - 1_000,
    joinedAt: null,
  }),
  aCall({
    callId: anId(104),
    personId: null,
    state: 'dialing',
    number: '+447700900131',
    startedAt: fixedNow - 1_000,
    answeredAt: null,
    joinedAt: null,
  }),
];

export const leadCampaigns: Campaign[] = [
  aCampaign(),
  aCampaign({
    campaignId: anId(51),
    name: 'Северная энергосбытовая компания: свыше 90 дней',
    portfolioName: 'Северная энергосбытовая компания, октябрь',
    portfolioId: anId(61),
    blockedBy: 'rules',
    nextAt: fixedNow + 18 * 3_600_000,
    personIds: [],
    counters: {
      ...aCampaign().counters,
      entries: 38_412,
      pending: 31_902,
      waiting: 4_020,
      inProgress: 0,
      done: 2_388,
      skipped: 102,
      attempts: 8_121,
      connected: 1_902,
      abandoned: 71,
      promises: 341,
    },
  }),
  aCampaign({
    campaignId: anId(52),
    name: 'Harbour cards',
    portfolioName: 'Harbour Retail cards',
    portfolioId: anId(62),
    status: 'draft',
    trunkId: null,
    callerIdId: null,
    counters: {
      ...aCampaign().counters,
      entries: 640,
      pending: 640,
      waiting: 0,
      inProgress: 0,
      done: 0,
      skipped: 0,
      attempts: 0,
      answered: 0,
      connected: 0,
      abandoned: 0,
      busy: 0,
      noAnswer: 0,
      failed: 0,
      dispositions: {},
      promises: 0,
      talkTimeMs: 0,
    },
  }),
];

const results = [
  ['answered', 'promise'],
  ['noAnswer', null],
  ['busy', null],
  ['answered', 'refuses'],
  ['abandoned', null],
  ['invalidNumber', null],
] as const;
export const attempts: CommandOutput<'campaign.list-attempts'>['attempts'] = Array.from(
  { length: 30 },
  (_, index) => {
    const [attemptResult, dispositionCode] = results[index % results.length] ?? results[0];
    const reservedAt = fixedNow - index * 47_000 - 4_000;
    const joined = attemptResult === 'answered';
    return {
      attemptId: anId(700 + index),
      debtorId: anId(20_000 + index),
      debtorName: names[index % names.length] ?? '',
      state: index === 0 ? 'ringing' : 'ended',
      attemptResult: index === 0 ? null : attemptResult,
      dispositionCode: index === 0 ? null : dispositionCode,
      reservedAt,
      answeredAt: joined ? reservedAt + 8_000 : null,
      joinedAt: joined && index > 0 ? reservedAt + 8_100 : null,
      endedAt: index === 0 ? null : reservedAt + 8_100 + index * 7_000,
    };
  },
);

export const aTrunk = (overrides: Partial<Trunk> = {}): Trunk => ({
  trunkId: anId(70),
  settings: {
    name: 'Carrier West',
    host: 'sip.carrier.example',
    port: 5060,
    authentication: 'register',
    user: '48221234500',
    authUser: '',
    domain: '',
    callerIdHeader: 'pAssertedIdentity',
    numberFormat: 'national',
    country: 'PL',
    dialPrefix: '',
    codecs: ['pcma', 'pcmu'],
    maxConcurrentCalls: 30,
    localPort: 0,
    nat: { kind: 'stun', server: 'stun.carrier.example:3478' },
    keepAliveMs: 30_000,
  },
  hasPassword: true,
  enabled: true,
  practice: false,
  state: 'registered',
  lastFailure: null,
  callsUp: 3,
  callerIds: [
    { callerIdId: anId(71), trunkId: anId(70), e164: '+447700900800', label: 'Telecom' },
    { callerIdId: anId(72), trunkId: anId(70), e164: '+447700900801', label: '' },
  ],
  ...overrides,
});

export const trunks: Trunk[] = [
  aTrunk(),
  aTrunk({
    trunkId: anId(73),
    settings: { ...aTrunk().settings, name: 'Office gateway', host: '192.0.2.20', port: 5080 },
    state: 'unreachable',
    callsUp: 0,
    lastFailure: {
      at: fixedNow - 20_000,
      code: 'trunk.no-answer',
      message: 'no answer',
      retryAt: fixedNow + 40_000,
    },
    callerIds: [],
  }),
];

const previewRecord = (
  line: number,
  part: Partial<ImportPreview['records'][number]>,
): ImportPreview['records'][number] => ({
  line,
  displayName: 'Jan Nowak',
  debtRef: `FV/2026/${800 + line}`,
  balance: { amountMinor: 128_450, currency: 'PLN' },
  dueOn: '2026-09-08',
  phones: ['+447700900123'],
  problems: [],
  warnings: [],
  ...part,
});

export const importPreview: ImportPreview = {
  mapping: {
    encoding: 'windows-1250',
    delimiter: ';',
    decimalSeparator: ',',
    dateOrder: 'dayFirst',
    defaultCountry: 'PL',
    defaultCurrency: 'PLN',
    hasHeader: true,
    columns: [
      'debtorRef',
      'fullName',
      'nationalId',
      'mobilePhone',
      'ignore',
      'debtRef',
      'balance',
      'dueOn',
    ],
  },
  headers: [
    'Nr klienta',
    'Imię i nazwisko',
    'PESEL',
    'Tel. kom.',
    'Uwagi wewnętrzne działu windykacji',
    'Nr faktury',
    'Kwota do zapłaty',
    'Termin płatności',
  ],
  rawRows: [
    [
      '1001',
      'Anna Kowalczyk-Wójcik',
      '82010100017',
      '600 000 123',
      '',
      'FV/2026/0817',
      '1 284,50',
      '08.09.2026',
    ],
    [
      '1002',
      'Stanisław Brzęczyszczykiewicz',
      '',
      '600 000 124',
      'prosi o kontakt po 17',
      'FV/2026/0902',
      '12,00',
      '01.10.2026',
    ],
    ['1003', 'Jan Nowak', '75010100018', '', '', 'FV/2026/0903', 'bezpłatnie', '31.02.2026'],
  ],
  records: [
    previewRecord(2, { displayName: 'Anna Kowalczyk-Wójcik', debtRef: 'FV/2026/0817' }),
    previewRecord(3, {
      displayName: 'Stanisław Brzęczyszczykiewicz',
      debtRef: 'FV/2026/0902',
      balance: { amountMinor: 1_200, currency: 'PLN' },
      phones: ['+447700900124', '+442079460155'],
      warnings: ['national-id.wrong'],
    }),
    previewRecord(4, {
      debtRef: 'FV/2026/0903',
      balance: null,
      dueOn: null,
      phones: [],
      problems: ['amount.unreadable'],
      warnings: ['due-date.unreadable', 'phone.missing'],
    }),
  ],
  rows: 18_412,
};

export const anImport = (overrides: Partial<ImportProgress> = {}): ImportProgress => ({
  importJobId: anId(300),
  kind: 'portfolio',
  dryRun: false,
  portfolioId: anId(60),
  state: 'running',
  rows: 7_240,
  totalRows: 18_412,
  imported: 7_101,
  updated: 96,
  unchanged: 0,
  rejected: 43,
  seconds: 3.2,
  rowsPerSecond: 2_262.5,
  secondsLeft: 4.9,
  undoable: false,
  undoneAt: null,
  hasRejects: false,
  error: null,
  ...overrides,
});

export const auditEntries: CommandOutput<'access.list-audit'>['entries'] = [
  ['access.logged-in', 1, { by: 'code' }],
  ['telephony.trunk-saved', 1, { host: 'sip.carrier.example', trunkId: anId(70) }],
  ['access.invited', 1, { personId: anId(2) }],
  ['access.command-refused', 2, { command: 'campaign.start', role: 'agent' }],
  ['media.recording-opened', 5, { recordingId: anId(900) }],
  ['contract.upgrade-refused', null, { reason: 'origin', source: '127.0.0.1' }],
  ['access.person-added', 1, { personId: anId(4), role: 'agent' }],
].map(([action, id, details], index) => ({
  at: fixedNow - index * 17 * minuteMs,
  personId: id === null ? null : anId(id as number),
  displayName:
    people.find((one) => one.personId === anId((id ?? 0) as number))?.displayName ?? null,
  action: action as string,
  details: details as Record<string, unknown>,
}));
