import { AppError } from '#shared/errors/index.ts';
import type { FakeClient } from './fake-client.ts';
import { anId, fixedNow } from './fixture-base.ts';
import { anImport } from './lead-fixtures.ts';
import {
  anExport,
  bankEntries,
  bankQueue,
  callbacks,
  erasure,
  importJobs,
  letterhead,
  letterTemplates,
  listRow,
  listTotal,
  savedFilters,
  searchHits,
  writeOffs,
} from './portfolio-fixtures.ts';
import sampleLetter from './sample-letter.pdf?url';

const sums = [
  { amountMinor: 148_412_345_600, currency: 'PLN' },
  { amountMinor: 51_234_500, currency: 'GBP' },
];

/** Answers for search, lists, imports, the bank, write-offs, callbacks and letters. */
export function portfolioAnswers(): FakeClient['answers'] {
  return {
    'search.find': ({ query }) => {
      const hits = query === 'zzzz' ? [] : searchHits(query);
      return { hits, tookMs: 4, complete: query !== '7700' };
    },
    'list.query': ({ filter = {}, offset = 0, limit = 50 }) => {
      const nothing = filter.text === 'zzzz';
      const total = nothing ? 0 : Object.keys(filter).length > 0 ? 12_340 : listTotal;
      const rows = Array.from(
        { length: Math.max(0, Math.min(limit, total - offset)) },
        (_, index) => listRow(offset + index),
      );
      return {
        rows,
        total,
        sums: nothing ? [] : sums,
        complete: true,
        upToDate: true,
        tookMs: 8,
      };
    },
    'list.count': () => ({ total: 12_340, sums, complete: true, upToDate: true }),
    'list.choices': () => ({
      languages: ['pl', 'ru', 'en', 'zh'],
      jurisdictions: ['PL', 'RU', 'GB'],
      cities: ['Kraków', 'Łódź', 'Санкт-Петербург', 'Leeds', '上海', 'Gdańsk'],
      currencies: ['PLN', 'RUB', 'GBP'],
      flags: ['lawyer', 'dispute', 'breathingSpace', 'cease', 'deceased'],
    }),
    'list.saved-filters': () => ({ filters: savedFilters }),
    'list.bulk-jobs': () => ({
      jobs: [
        {
          bulkJobId: 'b1',
          action: 'addToCampaign',
          state: 'running',
          total: 12_340,
          done: 4_200,
          changed: 4_102,
          passedOver: 98,
          startedAt: fixedNow - 9_000,
          finishedAt: null,
        },
      ],
    }),
    'export.describe': () => ({
      tables: [
        {
          table: 'debtors',
          title: 'Debtors',
          columns: [
            ['externalRef', 'Reference', true],
            ['displayName', 'Name', true],
            ['portfolio', 'Portfolio', true],
            ['city', 'City', true],
            ['nationalId', 'National ID', false],
            ['balance', 'To pay', true],
            ['daysPastDue', 'Days overdue', true],
            ['phones', 'Phones', true],
          ].map(([column, header, inDefault]) => ({
            column: String(column),
            header: String(header),
            inDefault: inDefault === true,
          })),
        },
      ],
    }),
    'export.list': () => anExport(),
    'export.person': () => anExport({ kind: 'person', fileName: 'NT-104-2231.zip', rows: 3 }),
    'import.list-jobs': () => ({ jobs: importJobs }),
    'import.list-templates': ({ kind }) => ({
      templates:
        kind === 'portfolio'
          ? [
              {
                importTemplateId: anId(310),
                name: 'Nest Telekom, monthly',
                kind: 'portfolio',
                mapping: {} as never,
                headers: [],
                createdAt: fixedNow,
              },
            ]
          : [],
    }),
    'bank.queue': () => ({ entries: bankQueue, cursor: null, total: 38 }),
    'bank.list': () => ({ entries: bankEntries, cursor: null }),
    'bank.match': () => bankEntries[0] as never,
    'write-off.list': ({ status }) => ({
      writeOffs: status === 'proposed' ? writeOffs : [],
      more: false,
      proposedTotal: writeOffs.length,
    }),
    'callback.list': () => ({ callbacks, dueNow: 2 }),
    'document.list-templates': () => ({ templates: letterTemplates }),
    'document.get-letterhead': () => letterhead,
    'document.set-letterhead': ({ letterhead: next }) => ({ ...next, logo: null }),
    'document.preview': () => ({
      url: new URL(sampleLetter, location.href).href,
      expiresAt: fixedNow + 60_000,
      pages: 2,
      missing: ['plan.total'],
    }),
    'erasure.preview': () => erasure,
  };
}

/** What an import of another kind looks like before it is stored. */
export const statementPreview: FakeClient['answers'] = {
  'import.preview': () => ({
    kind: 'bankStatement',
    mapping: {
      format: 'mt940',
      encoding: 'cp852',
      delimiter: ';',
      decimalSeparator: ',',
      dateOrder: 'dayFirst',
      defaultCountry: 'PL',
      defaultCurrency: 'PLN',
      hasHeader: false,
      columns: ['ignore'],
    },
    headers: [],
    rawRows: [],
    records: bankQueue.slice(0, 6).map((entry, index) => ({
      line: 12 + index * 4,
      displayName: entry.payer,
      debtRef: null,
      balance: { amountMinor: entry.amountMinor, currency: entry.currency },
      dueOn: entry.bookedOn,
      phones: [],
      summary: entry.title,
      problems: [],
      warnings: [],
    })),
    rows: 214,
  }),
};

type Scenario = (hands: { client: FakeClient }) => void;
const notReady = (): never => {
  throw new AppError('list.not-ready', 'being built');
};

/** Other days of the same firm: after a start, with nothing to do, with a statement at hand. */
export function portfolioScenarios(lead: Scenario): Record<string, Scenario> {
  const leadWith =
    (change: FakeClient['answers']): Scenario =>
    ({ client }) => {
      lead({ client });
      Object.assign(client.answers, change);
    };
  return {
    listsBuilding: ({ client }) => {
      leadWith({ 'list.query': notReady })({ client });
      setTimeout(
        () =>
          client.emit('list.progressed', { state: 'building', done: 412_000, total: 1_000_000 }),
        200,
      );
    },
    nothingToDo: leadWith({
      'bank.queue': () => ({ entries: [], cursor: null, total: 0 }),
      'write-off.list': () => ({ writeOffs: [], more: false, proposedTotal: 0 }),
      'callback.list': () => ({ callbacks: [], dueNow: 0 }),
      'import.list-jobs': () => ({ jobs: [] }),
      'document.list-templates': () => ({ templates: [] }),
    }),
    statement: leadWith(statementPreview),
    trialDone: leadWith({
      'import.commit': () => anImport({ importJobId: anId(305), dryRun: true }),
      'import.status': () =>
        anImport({
          importJobId: anId(305),
          dryRun: true,
          state: 'finished',
          rows: 18_412,
          imported: 1_204,
          updated: 310,
          unchanged: 16_799,
          rejected: 99,
          hasRejects: true,
        }),
    }),
    undone: leadWith({
      'import.status': () =>
        anImport({ state: 'finished', rows: 18_412, undoneAt: fixedNow, rejected: 0 }),
    }),
  };
}
