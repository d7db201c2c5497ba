import { z } from 'zod';
import {
  amountMinor,
  attemptResult,
  campaignId,
  channel,
  currencyCode,
  debtorId,
  importJobId,
  instant,
  isoDate,
  money,
  personId,
  portfolioId,
  savedFilterId,
} from '../domain/index.ts';
import { noticeKinds } from '../rule-packs/index.ts';
import { debtorRow } from './debtor.contract.ts';
import { flagKinds } from './debtor-parts.schema.ts';
import { defineCommands, defineEvents, everyone, leads } from './define.ts';

export const searchKind = z.enum([
  'name',
  'phone',
  'reference',
  'nationalId',
  'taxId',
  'email',
  /** one of the person's own recent debtors, given when nothing was typed */
  'recent',
]);
export type SearchKind = z.infer<typeof searchKind>;

export const searchHit = z.object({
  debtorId,
  displayName: z.string(),
  externalRef: z.string(),
  city: z.string().nullable(),
  kind: searchKind,
  /** what fitted, to be shown with the typed part marked: the number, the reference…; national ids are masked */
  matched: z.string(),
  /** the whole text is what was typed, its beginning is, or a part inside it */
  match: z.enum(['exact', 'prefix', 'inner']),
  /** among the person's own recent debtors */
  recent: z.boolean(),
  balances: z.array(money),
  oldestDaysPastDue: z.number().int().nullable(),
  lastInteractionAt: instant.nullable(),
  flags: z.array(z.string()),
  synthetic: z.boolean(),
});
export type SearchHit = z.infer<typeof searchHit>;

/**
 * How old the oldest open debt is: nothing past due, 1 to 90 days past due, more. Debtors without an open debt have no age, and
 * fit no condition on it.
 */
export const ageBand = z.enum(['current', 'upTo3Months', 'older']);
/** of what a debtor owes: any debt open; none open but one paid; all closed; in dispute (a hold); no debt at all */
export const debtorStatus = z.enum(['open', 'paid', 'closed', 'disputed', 'none']);
/** open if any is; else what became of the newest */
export const promiseState = z.enum(['none', 'open', 'kept', 'broken', 'withdrawn']);
/** active if any is; else what became of the newest */
export const planState = z.enum(['none', 'active', 'kept', 'broken', 'cancelled']);
export type AgeBand = z.infer<typeof ageBand>;
export type DebtorStatus = z.infer<typeof debtorStatus>;
export type PromiseState = z.infer<typeof promiseState>;
export type PlanState = z.infer<typeof planState>;

const flag = z.string().min(1).max(64);
const someOf = <Item extends z.ZodType>(item: Item, most = 50) => z.array(item).min(1).max(most);

/** Which debtors: every condition that is given must hold; a list holds when one of its values does. */
export const listFilter = z.strictObject({
  portfolioIds: someOf(portfolioId, 200).optional(),
  /** as search finds it: a name, any part of a number, a reference, an e-mail */
  text: z.string().max(200).optional(),
  age: z
    .strictObject({
      bands: someOf(ageBand).optional(),
      /** days past due, both ends included; 0 is not past due */
      fromDays: z.number().int().min(0).max(100_000).optional(),
      toDays: z.number().int().min(0).max(100_000).optional(),
    })
    .optional(),
  /** of all open debts of one currency; without a currency, of any */
  amount: z
    .strictObject({
      fromMinor: amountMinor.optional(),
      toMinor: amountMinor.optional(),
      currency: currencyCode.optional(),
    })
    .optional(),
  statuses: someOf(debtorStatus).optional(),
  /** contacts are calls, messages, letters and visits; notes, payments and changes of status are none */
  lastContact: z
    .strictObject({
      never: z.boolean().optional(),
      /** to the second; implies that there was one */
      before: instant.optional(),
      after: instant.optional(),
      /** of the last one */
      channels: someOf(channel).optional(),
    })
    .optional(),
  promises: someOf(promiseState).optional(),
  plans: someOf(planState).optional(),
  /** kinds of holds in force */
  flagsAnyOf: someOf(flag).optional(),
  flagsNoneOf: someOf(flag).optional(),
  languages: someOf(z.string().min(1).max(35), 200).optional(),
  jurisdictions: someOf(z.string().min(1).max(16), 200).optional(),
  /** without regard to case and diacritics */
  cities: someOf(z.string().min(1).max(120), 500).optional(),
  hasPhone: z.boolean().optional(),
  kind: z.enum(['person', 'company']).optional(),
  /** the import that made them or changed them last */
  importJobIds: someOf(importJobId).optional(),
  writeOffProposed: z.boolean().optional(),
  /** a callback, promise or attempt planned before this instant */
  nextActionBefore: instant.optional(),
});
export type ListFilter = z.infer<typeof listFilter>;

/** `age`: of the oldest open debt; `lastContact` and `nextAction`: none stands before all */
export const listSort = z.strictObject({
  by: z.enum(['name', 'balance', 'age', 'lastContact', 'nextAction', 'created']).default('name'),
  descending: z.boolean().default(false),
});
export type ListSort = z.infer<typeof listSort>;

export const listRow = debtorRow.extend({
  portfolioId: portfolioId.nullable(),
  kind: z.enum(['person', 'company']),
  status: debtorStatus,
  flags: z.array(z.string()),
  lastContactAt: instant.nullable(),
  /** of the last attempt to call */
  lastResult: attemptResult.nullable(),
  promise: promiseState,
  plan: planState,
  nextActionAt: instant.nullable(),
  writeOffProposed: z.boolean(),
});
export type ListRow = z.infer<typeof listRow>;

export const listCount = z.object({
  total: z.number().int(),
  /** what is open, for each currency */
  sums: z.array(money),
  /** false: a reference fitted so many debtors that not all of them were taken; type more of it */
  complete: z.boolean(),
  /** false while an import's newest rows are still being taken in */
  upToDate: z.boolean(),
});

export const savedFilter = z.object({
  savedFilterId,
  name: z.string(),
  filter: listFilter,
  sort: listSort.nullable(),
  /** shared ones are everybody's to use and leads' to change */
  shared: z.boolean(),
  own: z.boolean(),
  createdAt: instant,
});
export type SavedFilter = z.infer<typeof savedFilter>;

export const bulkAction = z.discriminatedUnion('kind', [
  /** those who are on the list already are passed over */
  z.strictObject({ kind: z.literal('addToCampaign'), campaignId }),
  /** those who have this hold already are passed over */
  z.strictObject({
    kind: z.literal('setHold'),
    hold: z.enum(flagKinds),
    until: instant.optional(),
    reason: z.string().trim().max(500).optional(),
  }),
  z.strictObject({ kind: z.literal('liftHold'), hold: flag }),
  /** those who have a callback open already are passed over; without a person it is anybody's */
  z.strictObject({ kind: z.literal('callback'), at: instant, personId: personId.optional() }),
  z.strictObject({ kind: z.literal('note'), text: z.string().trim().min(1).max(10_000) }),
  /** a text that went out by another way than from here; those for whom it is recorded already are passed over */
  z.strictObject({
    kind: z.literal('recordNotice'),
    notice: z.enum(noticeKinds),
    sentOn: isoDate,
    source: z.string().trim().min(1).max(200),
  }),
]);
export type BulkAction = z.infer<typeof bulkAction>;

export const bulkJob = z.object({
  bulkJobId: z.string(),
  action: z.enum(['addToCampaign', 'setHold', 'liftHold', 'callback', 'note', 'recordNotice']),
  state: z.enum(['collecting', 'running', 'finished', 'cancelled', 'failed']),
  /** debtors it is for; null while they are being collected */
  total: z.number().int().nullable(),
  done: z.number().int(),
  changed: z.number().int(),
  /** nothing was to be done for them, or they are gone */
  passedOver: z.number().int(),
  startedAt: instant,
  finishedAt: instant.nullable(),
});
export type BulkJob = z.infer<typeof bulkJob>;

export const searchCommands = defineCommands({
  /**
   * Debtors by what a person remembers of them: exact matches, then the person's recent debtors, then what begins so,
   * then what contains it. Typing on supersedes the query before: that one answers `search.superseded`.
   */
  'search.find': {
    roles: everyone,
    input: z.strictObject({
      query: z.string().max(200),
      limit: z.number().int().min(1).max(50).default(20),
      kinds: z.array(searchKind).optional(),
    }),
    output: z.object({
      hits: z.array(searchHit),
      tookMs: z.number(),
      /** false: the index is still being built, and what it would add may be missing */
      complete: z.boolean(),
    }),
    errors: ['search.superseded', 'list.unavailable'],
  },
  'list.query': {
    roles: everyone,
    input: z.strictObject({
      filter: listFilter.default({}),
      sort: listSort.default({ by: 'name', descending: false }),
      offset: z.number().int().min(0).max(10_000_000).default(0),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: listCount.extend({ rows: z.array(listRow), tookMs: z.number() }),
    errors: ['list.not-ready', 'list.unavailable'],
  },
  'list.count': {
    roles: everyone,
    input: z.strictObject({ filter: listFilter }),
    output: listCount,
    errors: ['list.not-ready', 'list.unavailable'],
  },
  /** What a filter can be made of: values that occur, the most frequent first. */
  'list.choices': {
    roles: everyone,
    input: z.strictObject({}),
    output: z.object({
      languages: z.array(z.string()),
      jurisdictions: z.array(z.string()),
      cities: z.array(z.string()),
      currencies: z.array(z.string()),
      flags: z.array(z.string()),
    }),
    errors: ['list.not-ready', 'list.unavailable'],
  },
  'list.saved-filters': {
    roles: everyone,
    input: z.strictObject({}),
    output: z.object({ filters: z.array(savedFilter) }),
  },
  /** Saves one's own; `shared` is for leads, and so is changing a shared one. */
  'list.save-filter': {
    roles: everyone,
    changes: true,
    input: z.strictObject({
      savedFilterId: savedFilterId.optional(),
      name: z.string().trim().min(1).max(120),
      filter: listFilter,
      sort: listSort.optional(),
      shared: z.boolean().default(false),
    }),
    output: savedFilter,
  },
  'list.delete-filter': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ savedFilterId }),
    output: z.object({}),
  },
  /** One action for many debtors, in chunks behind calls; it goes on after a restart. Progress comes as events. */
  'list.bulk': {
    roles: leads,
    changes: true,
    input: z.strictObject({
      debtors: z.union([
        z.strictObject({ filter: listFilter }),
        z.strictObject({ debtorIds: z.array(debtorId).min(1).max(10_000) }),
      ]),
      action: bulkAction,
    }),
    output: bulkJob,
    /** `flag.incomplete`: opt-outs and wrong numbers are of one medium or number, and not set for many */
    errors: [
      'list.not-ready',
      'list.unavailable',
      'flag.incomplete',
      'contact.date-ahead',
      'contact.date-past',
    ],
  },
  'list.bulk-jobs': {
    roles: leads,
    input: z.strictObject({}),
    output: z.object({ jobs: z.array(bulkJob) }),
  },
  /** What was done stays done; the rest is left. */
  'list.cancel-bulk': {
    roles: leads,
    changes: true,
    input: z.strictObject({ bulkJobId: z.string() }),
    output: bulkJob,
  },
});

export const searchEvents = defineEvents({
  /** the index of debtors is built anew after a start, or follows a large import */
  'list.progressed': z.object({
    state: z.enum(['building', 'ready']),
    done: z.number().int(),
    total: z.number().int(),
  }),
  'list.bulk-progressed': z.object({ job: bulkJob }),
});
