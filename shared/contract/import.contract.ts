import { z } from 'zod';
import { importJobId, importTemplateId, instant, portfolioId } from '../domain/index.ts';
import { priorContact } from './debtor-parts.schema.ts';
import { defineCommands, defineEvents, leads } from './define.ts';

/** What a file holds. */
export const importKind = z.enum([
  'portfolio',
  /** payments that somebody already ascribed to a debtor or a debt */
  'payments',
  /** entries of a bank account, matched to debts; what is not certain waits in the queue (`bank.queue`) */
  'bankStatement',
  /** what a former agency did */
  'agencyHistory',
  /** numbers that nobody may call or write to */
  'doNotCall',
]);
export type ImportKind = z.infer<typeof importKind>;

export const importFormat = z.enum(['csv', 'xlsx', 'mt940']);
export type ImportFormat = z.infer<typeof importFormat>;

/** What a column of a portfolio can mean. */
export const portfolioField = z.enum([
  'ignore',
  'debtorRef',
  'fullName',
  'givenName',
  'familyName',
  'companyName',
  'birthDate',
  'nationalId',
  'taxId',
  'language',
  'street',
  'postalCode',
  'city',
  /** state, province or region: decides which rules and time zones apply */
  'region',
  'country',
  'phone',
  'mobilePhone',
  'homePhone',
  'workPhone',
  'email',
  'debtRef',
  'creditorName',
  'debtKind',
  'currency',
  'principal',
  'interest',
  'fees',
  'balance',
  'dueOn',
  'accountToPay',
  'note',
]);
export type PortfolioField = z.infer<typeof portfolioField>;

/** What a column of any import file can mean: those of portfolios, and those of the other kinds. */
export const importField = z.enum([
  ...portfolioField.options,
  /** of a debt or of a debtor, whichever it fits */
  'reference',
  'amount',
  /** money that came in; in files with two columns of amounts */
  'creditAmount',
  /** money that went out */
  'debitAmount',
  'paidOn',
  'payer',
  'payerAccount',
  'title',
  'method',
  /** the number that the bank or the creditor gave to the payment */
  'paymentRef',
  /** the account that was paid to: the firm's own, or the debtor's virtual one */
  'account',
  /** date, or date and time, of a contact */
  'at',
  'time',
  'channel',
  'direction',
  'peer',
  'text',
  'result',
  'agentName',
]);
export type ImportField = z.infer<typeof importField>;

/** The fields of each kind, in the order in which they are offered. */
export const fieldsOfKind: Readonly<Record<ImportKind, readonly ImportField[]>> = {
  portfolio: portfolioField.options,
  payments: [
    'ignore',
    'reference',
    'debtRef',
    'debtorRef',
    'amount',
    'currency',
    'paidOn',
    'payer',
    'payerAccount',
    'account',
    'title',
    'method',
    'paymentRef',
  ],
  bankStatement: [
    'ignore',
    'amount',
    'creditAmount',
    'debitAmount',
    'currency',
    'paidOn',
    'payer',
    'payerAccount',
    'title',
    'account',
    'paymentRef',
  ],
  agencyHistory: [
    'ignore',
    'reference',
    'debtRef',
    'debtorRef',
    'at',
    'time',
    'channel',
    'direction',
    'peer',
    'text',
    'result',
    'agentName',
  ],
  doNotCall: ['ignore', 'phone'],
};

/**
 * What can be said about one record, by code; the renderer has a text for each. Those in `problems` keep the record
 * out (it goes to the rejects file), those in `warnings` do not.
 */
export const importFinding = z.enum([
  'record.columns',
  'record.too-long',
  'record.damaged-quotes',
  'record.truncated',
  'record.damaged-text',
  'name.missing',
  'amount.missing',
  'amount.unreadable',
  'amount.negative',
  'amount.too-large',
  'amount.sum-differs',
  'currency.unknown',
  'due-date.unreadable',
  'birth-date.unreadable',
  'national-id.wrong',
  'tax-id.wrong',
  'email.unreadable',
  'language.unknown',
  'country.unknown',
  'region.unknown',
  'account.wrong',
  'phone.missing',
  'phone.unreadable',
  'phone.only-practice',
  'phone.only-real',
  'reference.missing',
  'reference.unknown',
  'reference.ambiguous',
  'amount.zero',
  'paid-date.missing',
  'paid-date.unreadable',
  'time.missing',
  'time.unreadable',
  'channel.unknown',
  'direction.unknown',
  'text.missing',
  'statement.entry-unreadable',
  'statement.balance-differs',
  'statement.truncated',
  'statement.reversed-credit',
]);
export type ImportFinding = z.infer<typeof importFinding>;

export const importMapping = z.strictObject({
  /** absent: csv */
  format: importFormat.optional(),
  /** of a spreadsheet; absent: the first one that holds something */
  sheet: z.string().max(200).optional(),
  encoding: z.enum(['utf-8', 'windows-1250', 'windows-1251', 'utf-16le', 'iso-8859-2', 'cp852']),
  delimiter: z.enum([';', ',', '\t', '|']),
  decimalSeparator: z.enum([',', '.']),
  dateOrder: z.enum(['dayFirst', 'monthFirst', 'yearFirst']),
  defaultCountry: z.string().regex(/^[A-Z]{2}$/),
  defaultCurrency: z.string().regex(/^[A-Z]{3}$/),
  hasHeader: z.boolean(),
  /** one for each column, in the order of the file */
  columns: z.array(importField).min(1).max(500),
});
export type ImportMapping = z.infer<typeof importMapping>;

export const importPreview = z.object({
  mapping: importMapping,
  /** absent: portfolio */
  kind: importKind.optional(),
  /** of a spreadsheet, in their order */
  sheets: z.array(z.string()).optional(),
  /** saved mappings whose headers are those of this file, the newest first; the first one is used already */
  templates: z.array(z.object({ importTemplateId, name: z.string() })).optional(),
  headers: z.array(z.string()),
  /** first records as they stand in the file */
  rawRows: z.array(z.array(z.string())),
  /** the same records as they would be stored, or why not */
  records: z.array(
    z.object({
      line: z.number().int(),
      displayName: z.string().nullable(),
      debtRef: z.string().nullable(),
      /** the balance of a debt, or the amount of a payment */
      balance: z.object({ amountMinor: z.number().int(), currency: z.string() }).nullable(),
      dueOn: z.string().nullable(),
      phones: z.array(z.string()),
      /** what else a record of another kind says (its title, its text), in a line */
      summary: z.string().nullable().optional(),
      problems: z.array(importFinding),
      warnings: z.array(importFinding),
    }),
  ),
  /** records in the whole file, if it was counted; null while it is too large to count at once */
  rows: z.number().int().nullable(),
});
export type ImportPreview = z.infer<typeof importPreview>;

export const importProgress = z.object({
  importJobId,
  kind: importKind,
  /** true: it told what would happen, and stored nothing */
  dryRun: z.boolean(),
  portfolioId: portfolioId.nullable(),
  /** `undoing`: its rows are being taken away again */
  state: z.enum(['running', 'finished', 'cancelled', 'failed', 'undoing']),
  rows: z.number().int(),
  /** estimated from the part of the file that was read; exact when finished */
  totalRows: z.number().int().nullable(),
  imported: z.number().int(),
  updated: z.number().int(),
  /** records that were there already, just so */
  unchanged: z.number().int(),
  rejected: z.number().int(),
  seconds: z.number(),
  rowsPerSecond: z.number(),
  /** null while that cannot be said */
  secondsLeft: z.number().nullable(),
  /** bank statements: entries that wait in the queue, and debits, which are left out */
  queued: z.number().int().optional(),
  ignored: z.number().int().optional(),
  /** what was noticed about the file as a whole, such as a closing balance that is not the sum of its entries */
  notices: z
    .array(z.object({ finding: importFinding, line: z.number().int(), text: z.string() }))
    .optional(),
  undoable: z.boolean(),
  undoneAt: instant.nullable(),
  /** true: rejected records can be downloaded with `import.open-rejects` */
  hasRejects: z.boolean(),
  /** code, when it failed */
  error: z.string().nullable(),
});
export type ImportProgress = z.infer<typeof importProgress>;

/** What makes several rows one debtor. `auto`: the creditor's reference, else the best of what a row has. */
export const importMergeKey = z.enum([
  'auto',
  'debtorRef',
  'nationalId',
  'taxId',
  'nameAndBirthDate',
  'nameAndAddress',
  'phone',
]);
export type ImportMergeKey = z.infer<typeof importMergeKey>;

export const importJob = importProgress.extend({
  fileName: z.string(),
  /** the do-not-call list, or the portfolio */
  target: z.string(),
  startedAt: instant,
  personName: z.string().nullable(),
});
export type ImportJobItem = z.infer<typeof importJob>;

export const importUndone = z.object({
  removed: z.number().int(),
  restored: z.number().int(),
  kept: z.number().int(),
});
export type ImportUndone = z.infer<typeof importUndone>;

export const importTemplate = z.object({
  importTemplateId,
  name: z.string(),
  kind: importKind,
  mapping: importMapping,
  headers: z.array(z.string()),
  createdAt: instant,
});
export type ImportTemplate = z.infer<typeof importTemplate>;

/** Files arrive by `POST /upload` and are named by the `fileId` that it answers. */
export const importCommands = defineCommands({
  'import.preview': {
    roles: leads,
    input: z.strictObject({
      fileId: z.string().max(64),
      kind: importKind.default('portfolio'),
      mapping: importMapping.optional(),
      /** used when there is no mapping; without either, the newest template whose headers fit is used */
      importTemplateId: importTemplateId.optional(),
    }),
    output: importPreview,
    errors: [
      'import.unknown-file',
      'import.empty-file',
      'import.unreadable',
      'import.old-spreadsheet',
      'import.encrypted',
      'import.too-large',
      'import.no-such-sheet',
    ],
  },
  'import.commit': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      fileId: z.string().max(64),
      kind: importKind.default('portfolio'),
      mapping: importMapping,
      /** true: says what would happen, and stores nothing; the file stays for the import itself */
      dryRun: z.boolean().default(false),
      mergeBy: importMergeKey.default('auto'),
      /** of portfolios and histories; other kinds look through all portfolios when it is left out */
      portfolioName: z.string().trim().max(120).default(''),
      creditorName: z.string().trim().max(200).default(''),
      /**
       * add to and update this portfolio; absent: the one of this name and creditor, so that a file that is imported
       * again doubles nothing, or a new one
       */
      portfolioId: portfolioId.optional(),
      /**
       * of a portfolio that is new: did somebody work it before us; absent: `unknown`, in practice `none`. Of a history
       * for one portfolio: what is known of it afterwards; absent: `imported`
       */
      priorContact: priorContact.optional(),
      /** do-not-call: the name of the list */
      listName: z.string().trim().max(120).default(''),
      /** do-not-call: numbers of this list that are not in the file leave it */
      replaceList: z.boolean().default(false),
    }),
    output: importProgress,
    errors: [
      'import.unknown-file',
      'import.mapping-incomplete',
      'import.no-list-name',
      'import.no-portfolio-name',
      'contract.not-found',
    ],
  },
  /** newest first */
  'import.list-jobs': {
    roles: leads,
    input: z.strictObject({
      kind: importKind.optional(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ jobs: z.array(importJob) }),
  },
  /**
   * Takes away what an import added and puts back what it changed. What somebody worked on since stays: it is counted
   * in `kept`. Payments are reversed, not deleted. A large one takes minutes: `import.progressed` tells when.
   */
  'import.undo': {
    roles: leads,
    changes: true,
    input: z.strictObject({ importJobId }),
    output: importUndone,
    errors: [
      'contract.not-found',
      'import.still-running',
      'import.already-undone',
      'import.undo-in-progress',
    ],
  },
  'import.save-template': {
    roles: leads,
    changes: true,
    /** one of this name and kind is replaced */
    input: z.strictObject({
      name: z.string().trim().min(1).max(120),
      kind: importKind,
      mapping: importMapping,
      headers: z.array(z.string().max(500)).max(500),
    }),
    output: z.object({ importTemplateId }),
  },
  'import.list-templates': {
    roles: leads,
    input: z.strictObject({ kind: importKind.optional() }),
    output: z.object({ templates: z.array(importTemplate) }),
  },
  'import.delete-template': {
    roles: leads,
    changes: true,
    input: z.strictObject({ importTemplateId }),
    output: z.object({}),
  },
  'import.cancel': {
    roles: leads,
    changes: true,
    input: z.strictObject({ importJobId }),
    output: importProgress,
  },
  'import.status': {
    roles: leads,
    input: z.strictObject({ importJobId }),
    output: importProgress,
  },
  'import.open-rejects': {
    roles: leads,
    input: z.strictObject({ importJobId }),
    output: z.object({ url: z.string(), expiresAt: instant }),
  },
});

export const importEvents = defineEvents({
  'import.progressed': importProgress,
});
