import { z } from 'zod';
import {
  campaignId,
  currencyCode,
  debtorId,
  erasureId,
  exportJobId,
  instant,
  isoDate,
  portfolioId,
} from '../domain/index.ts';
import { defineCommands, defineEvents, leads } from './define.ts';
import { listFilter, listSort } from './search.contract.ts';

/** Languages of what the engine writes for people: headers, letters, access requests. */
export const documentLanguage = z.enum(['en', 'pl', 'ru', 'zh']);
export type DocumentLanguage = z.infer<typeof documentLanguage>;

export const exportFormat = z.enum(['csv', 'xlsx']);
export type ExportFormat = z.infer<typeof exportFormat>;

/** Columns that each list can have, in the order in which they are offered. */
export const exportColumns = {
  debtors: [
    'externalRef',
    'displayName',
    'kind',
    'portfolio',
    'language',
    'street',
    'postalCode',
    'city',
    'country',
    'nationalId',
    'taxId',
    'birthDate',
    'currency',
    'principal',
    'interest',
    'fees',
    'paid',
    'balance',
    'debtCount',
    'oldestDueOn',
    'daysPastDue',
    'phones',
    'emails',
    'lastInteractionAt',
    'flags',
    'createdAt',
  ],
  payments: [
    'paidOn',
    'externalRef',
    'displayName',
    'portfolio',
    'amount',
    'currency',
    'method',
    'reference',
    'payer',
    'source',
    'status',
    'unallocated',
    'enteredBy',
    'createdAt',
  ],
  promises: [
    'dueOn',
    'externalRef',
    'displayName',
    'portfolio',
    'debtRef',
    'amount',
    'currency',
    'status',
    'enteredBy',
    'createdAt',
  ],
  attempts: [
    'reservedAt',
    'campaign',
    'externalRef',
    'displayName',
    'number',
    'callerId',
    'mode',
    'agent',
    'result',
    'disposition',
    'dialedAt',
    'answeredAt',
    'joinedAt',
    'endedAt',
    'talkSeconds',
    'endedBy',
    'sipStatus',
  ],
  audit: ['at', 'person', 'action', 'details'],
} as const;
export type ExportTable = keyof typeof exportColumns;
export type ExportColumn<Table extends ExportTable = ExportTable> =
  (typeof exportColumns)[Table][number];

const period = { from: isoDate.optional(), to: isoDate.optional() };

/**
 * What is exported. Columns left out are all but the sensitive ones (`nationalId`, `birthDate`, `taxId`), which are
 * named when they are wanted. Dates of a period are both included, UTC.
 */
export const exportList = z.discriminatedUnion('table', [
  z.strictObject({
    table: z.literal('debtors'),
    columns: z.array(z.enum(exportColumns.debtors)).min(1).optional(),
    /** as `list.query`: what stands on the screen is what is exported */
    filter: listFilter.default({}),
    sort: listSort.default({ by: 'name', descending: false }),
  }),
  z.strictObject({
    table: z.literal('payments'),
    columns: z.array(z.enum(exportColumns.payments)).min(1).optional(),
    portfolioId: portfolioId.optional(),
    ...period,
  }),
  z.strictObject({
    table: z.literal('promises'),
    columns: z.array(z.enum(exportColumns.promises)).min(1).optional(),
    portfolioId: portfolioId.optional(),
    statuses: z
      .array(z.enum(['open', 'kept', 'broken', 'withdrawn']))
      .min(1)
      .optional(),
    ...period,
  }),
  z.strictObject({
    table: z.literal('attempts'),
    columns: z.array(z.enum(exportColumns.attempts)).min(1).optional(),
    campaignId: campaignId.optional(),
    portfolioId: portfolioId.optional(),
    ...period,
  }),
  z.strictObject({
    table: z.literal('audit'),
    columns: z.array(z.enum(exportColumns.audit)).min(1).optional(),
    ...period,
  }),
]);
export type ExportList = z.infer<typeof exportList>;

export const exportProgress = z.object({
  exportJobId,
  kind: z.enum(['list', 'person']),
  fileName: z.string(),
  state: z.enum(['running', 'finished', 'cancelled', 'failed']),
  rows: z.number().int(),
  /** null while it is not known */
  totalRows: z.number().int().nullable(),
  /** of the file, once it is there */
  bytes: z.number().int().nullable(),
  seconds: z.number(),
  /** the file is removed once it was downloaded, and then at the latest; null while there is none */
  expiresAt: instant.nullable(),
  /** code, when it failed */
  error: z.string().nullable(),
});
export type ExportProgress = z.infer<typeof exportProgress>;

const opened = z.object({ url: z.string(), expiresAt: instant });

/** Groups of rows that an erasure takes away, or keeps because a law says so. */
export const erasedGroup = z.enum([
  'identity',
  'address',
  'contactPoints',
  'messages',
  'notes',
  'recordings',
  'documents',
  'relations',
  'consents',
  'bankDetails',
  'searchIndex',
  'workingCopies',
]);
export type ErasedGroup = z.infer<typeof erasedGroup>;
export const keptGroup = z.enum([
  'debts',
  'payments',
  'plans',
  'contactProof',
  'doNotCall',
  'audit',
  // where a law wants them kept for a time; else they are erased
  'messages',
  'recordings',
  'documents',
]);
export type KeptGroup = z.infer<typeof keptGroup>;

export const erasurePreview = z.object({
  debtorId,
  displayName: z.string(),
  externalRef: z.string(),
  jurisdiction: z.string(),
  erases: z.array(z.object({ group: erasedGroup, rows: z.number().int() })),
  keeps: z.array(
    z.object({
      group: keptGroup,
      rows: z.number().int(),
      /** last day on which it must be kept; null: as long as the skeleton of the debtor is kept */
      until: isoDate.nullable(),
      /** the rule: article and act, as it is cited */
      law: z.string(),
      /** why, in the language that was asked for */
      because: z.string(),
      source: z.string(),
    }),
  ),
  /** these rules are data; `draft` until a lawyer has approved them */
  rulesStatus: z.enum(['draft', 'counsel-approved']),
  /** keeps it from being done now */
  blockedBy: z.array(z.enum(['call-up', 'already-erased', 'erasing'])),
  /** a debt is open: a reason is needed */
  needsReason: z.boolean(),
  openBalances: z.array(z.object({ amountMinor: z.number().int(), currency: currencyCode })),
});
export type ErasurePreview = z.infer<typeof erasurePreview>;

export const erasureProgress = z.object({
  erasureId,
  debtorId,
  state: z.enum(['running', 'finished', 'failed']),
  /** steps done, of all */
  steps: z.number().int(),
  totalSteps: z.number().int(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  /** code of what held it up; it goes on when the program starts again, or by committing once more */
  error: z.string().nullable(),
});
export type ErasureProgress = z.infer<typeof erasureProgress>;

export const exportCommands = defineCommands({
  /** The lists with their columns and the headers that a file will have. */
  'export.describe': {
    roles: leads,
    input: z.strictObject({ language: documentLanguage }),
    output: z.object({
      tables: z.array(
        z.object({
          table: z.enum(['debtors', 'payments', 'promises', 'attempts', 'audit']),
          title: z.string(),
          columns: z.array(
            z.object({ column: z.string(), header: z.string(), inDefault: z.boolean() }),
          ),
        }),
      ),
    }),
  },
  'export.list': {
    roles: leads,
    changes: true,
    input: z.strictObject({ list: exportList, format: exportFormat, language: documentLanguage }),
    output: exportProgress,
    errors: ['export.too-many', 'list.not-ready', 'list.unavailable'],
  },
  /** Everything about one debtor (access request): a ZIP with a readable page, the same as JSON, and the files. */
  'export.person': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      debtorId,
      language: documentLanguage,
      /** the recordings as sound; their list is always there */
      withRecordings: z.boolean().default(false),
    }),
    output: exportProgress,
    errors: ['export.too-many'],
  },
  'export.status': {
    roles: leads,
    input: z.strictObject({ exportJobId }),
    output: exportProgress,
  },
  /** Those of the asker that run or can still be opened, the newest first. */
  'export.jobs': {
    roles: leads,
    input: z.strictObject({}),
    output: z.object({ jobs: z.array(exportProgress) }),
  },
  'export.cancel': {
    roles: leads,
    changes: true,
    input: z.strictObject({ exportJobId }),
    output: exportProgress,
  },
  /** An address for one download by the asker; then the file is gone. */
  'export.open': {
    roles: leads,
    input: z.strictObject({ exportJobId }),
    output: opened,
    errors: ['export.gone'],
  },
  'erasure.preview': {
    roles: leads,
    input: z.strictObject({ debtorId, language: documentLanguage }),
    output: erasurePreview,
  },
  /** Cannot be undone. Goes on after a restart until it is done. */
  'erasure.commit': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      debtorId,
      /** as the preview showed it: a second pair of eyes against the wrong card */
      externalRef: z.string().max(200),
      /** needed while a debt is open */
      reason: z.string().trim().max(1000).optional(),
    }),
    output: erasureProgress,
    errors: [
      'erasure.call-up',
      'erasure.reason-needed',
      'erasure.already-erased',
      'erasure.reference-differs',
    ],
  },
  'erasure.status': {
    roles: leads,
    input: z.strictObject({ erasureId }),
    output: erasureProgress,
  },
});

export const exportEvents = defineEvents({
  /** to the person who asked for the export */
  'export.progressed': exportProgress,
  'erasure.progressed': erasureProgress,
});
