import { z } from 'zod';
import {
  bankEntryId,
  debtId,
  debtorId,
  importJobId,
  instant,
  isoDate,
  paymentId,
} from '../domain/index.ts';
import { defineCommands, defineEvents, leads } from './define.ts';

/** What speaks for a match, strongest first. */
export const matchReason = z.enum([
  /** paid to the account that was given to this debtor or debt alone */
  'account',
  /** the title names the debt or the debtor */
  'reference',
  'nationalId',
  'taxId',
  /** the same account paid for this debtor before */
  'payerKnown',
  'nameAndAmount',
  'name',
  'amount',
]);
export type MatchReason = z.infer<typeof matchReason>;

/** `certain` matches are booked by themselves; all others wait for a person. */
export const matchCertainty = z.enum(['certain', 'likely', 'possible']);
export type MatchCertainty = z.infer<typeof matchCertainty>;

export const bankSuggestion = z.object({
  debtorId,
  debtId: debtId.nullable(),
  debtorName: z.string(),
  debtorRef: z.string(),
  debtRef: z.string().nullable(),
  portfolioName: z.string(),
  /** open in the currency of the entry */
  balanceMinor: z.number().int(),
  certainty: matchCertainty,
  reasons: z.array(matchReason),
});
export type BankSuggestion = z.infer<typeof bankSuggestion>;

export const bankEntry = z.object({
  bankEntryId,
  importJobId: importJobId.nullable(),
  /** the account that was paid to */
  account: z.string().nullable(),
  bookedOn: isoDate,
  amountMinor: z.number().int(),
  currency: z.string(),
  payer: z.string().nullable(),
  payerAccount: z.string().nullable(),
  title: z.string(),
  state: z.enum(['matched', 'open', 'ignored']),
  /** null until it is matched; of several, the first */
  debtorId: debtorId.nullable(),
  debtorName: z.string().nullable(),
  debtId: debtId.nullable(),
  paymentId: paymentId.nullable(),
  /** how it was matched: by a reason, or by a person */
  matchedBy: z.union([matchReason, z.literal('person')]).nullable(),
  personName: z.string().nullable(),
  createdAt: instant,
});
export type BankEntry = z.infer<typeof bankEntry>;

const page = {
  limit: z.number().int().min(1).max(200).default(50),
  /** from the reply before; absent: the first page */
  cursor: z.string().max(100).optional(),
};

export const bankCommands = defineCommands({
  /** Open entries, oldest booking first, with whom they may be from and why. */
  'bank.queue': {
    roles: leads,
    input: z.strictObject(page),
    output: z.object({
      entries: z.array(bankEntry.extend({ suggestions: z.array(bankSuggestion) })),
      cursor: z.string().nullable(),
      /** all that are open */
      total: z.number().int(),
    }),
  },
  /** Newest booking first. */
  'bank.list': {
    roles: leads,
    input: z.strictObject({
      ...page,
      state: z.enum(['matched', 'open', 'ignored']).optional(),
      importJobId: importJobId.optional(),
      /** part of the title, the payer or an account */
      text: z.string().trim().max(200).optional(),
    }),
    output: z.object({ entries: z.array(bankEntry), cursor: z.string().nullable() }),
  },
  /** Books the entry as a payment; with `split`, as several, which together are the entry's amount. */
  'bank.match': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      bankEntryId,
      debtorId,
      debtId: debtId.optional(),
      split: z
        .array(
          z.strictObject({
            debtorId,
            debtId: debtId.optional(),
            amountMinor: z.number().int().positive(),
          }),
        )
        .min(2)
        .max(50)
        .optional(),
    }),
    output: bankEntry,
    errors: ['contract.not-found', 'bank.not-open', 'bank.split-differs', 'payment.no-such-debt'],
  },
  /** Takes an entry that is no payment of a debtor out of the queue. */
  'bank.ignore': {
    roles: leads,
    changes: true,
    input: z.strictObject({ bankEntryId }),
    output: bankEntry,
    errors: ['contract.not-found', 'bank.not-open'],
  },
  /** Reverses what was booked, or takes an ignored one back: the entry is open again. */
  'bank.unmatch': {
    roles: leads,
    changes: true,
    input: z.strictObject({ bankEntryId }),
    output: bankEntry,
    errors: ['contract.not-found', 'bank.not-matched'],
  },
});

export const bankEvents = defineEvents({
  /** the queue is another than before: by an import, or by a person */
  'bank.changed': z.object({ open: z.number().int() }),
});
