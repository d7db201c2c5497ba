import { z } from 'zod';
import { importJobId, instant, portfolioId } from '../domain/index.ts';
import { defineCommands, defineEvents, leads } from './define.ts';

/** What a column of an import file can mean. */
export const importField = z.enum([
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
export type ImportField = z.infer<typeof importField>;

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
]);
export type ImportFinding = z.infer<typeof importFinding>;

export const importMapping = z.strictObject({
  encoding: z.enum(['utf-8', 'windows-1250', 'windows-1251', 'utf-16le']),
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
  headers: z.array(z.string()),
  /** first records as they stand in the file */
  rawRows: z.array(z.array(z.string())),
  /** the same records as they would be stored, or why not */
  records: z.array(
    z.object({
      line: z.number().int(),
      displayName: z.string().nullable(),
      debtRef: z.string().nullable(),
      balance: z.object({ amountMinor: z.number().int(), currency: z.string() }).nullable(),
      dueOn: z.string().nullable(),
      phones: z.array(z.string()),
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
  portfolioId: portfolioId.nullable(),
  state: z.enum(['running', 'finished', 'cancelled', 'failed']),
  rows: z.number().int(),
  /** estimated from the part of the file that was read; exact when finished */
  totalRows: z.number().int().nullable(),
  imported: z.number().int(),
  updated: z.number().int(),
  rejected: z.number().int(),
  seconds: z.number(),
  /** true: rejected records can be downloaded with `import.open-rejects` */
  hasRejects: z.boolean(),
  /** code, when it failed */
  error: z.string().nullable(),
});
export type ImportProgress = z.infer<typeof importProgress>;

/** Files arrive by `POST /upload` and are named by the `fileId` that it answers. */
export const importCommands = defineCommands({
  'import.preview': {
    roles: leads,
    input: z.strictObject({ fileId: z.string().max(64), mapping: importMapping.optional() }),
    output: importPreview,
    errors: ['import.unknown-file', 'import.empty-file', 'import.unreadable'],
  },
  'import.commit': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      fileId: z.string().max(64),
      mapping: importMapping,
      portfolioName: z.string().trim().min(1).max(120),
      creditorName: z.string().trim().max(200).default(''),
      /**
       * add to and update this portfolio; absent: the one of this name and creditor, so that a file that is imported
       * again doubles nothing, or a new one
       */
      portfolioId: portfolioId.optional(),
    }),
    output: importProgress,
    errors: ['import.unknown-file', 'import.mapping-incomplete', 'contract.not-found'],
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
