import { z } from 'zod';
import { rule } from './rule.schema.ts';
import { packDate, zoneBasis } from './rule-parts.schema.ts';

/** ISO 3166 place: `US`, `US-MA`, `US-NY-NYC`, or `*` for every place. */
const jurisdiction = z.string().regex(/^(?:\*|[A-Z]{2}(?:-[A-Z0-9]{1,3}){0,2})$/, 'not a place');

/** A rule pack: data without code, never edited in place after release. */
export const rulePack = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower case letters, digits and hyphens'),
  version: z.string().min(1),
  title: z.string().min(1),
  jurisdiction,
  actors: z.array(z.enum(['creditor', 'collector', 'debtBuyer', 'servicer'])).min(1),
  debtTypes: z.array(z.string()).optional(),
  effectiveFrom: packDate,
  effectiveTo: packDate.optional(),
  /** holiday tables that the rules read */
  calendars: z.array(z.string()),
  /** default of `zoneBasis` for rules that do not say */
  zoneBasis: zoneBasis.optional(),
  fixedZone: z.string().optional(),
  /** only for practice stores; a real store refuses the pack, and a practice store any other */
  practice: z.boolean().optional(),
  /** written by the firm itself; ships with no program */
  own: z.boolean().optional(),
  /** only for debts of these creditors (names as on the debt): their contracts; absent: of all */
  creditors: z.array(z.string().trim().min(1)).min(1).optional(),
  /** applies wherever no counsel-approved pack of the place exists */
  fallback: z.boolean().optional(),
  rules: z.array(rule),
  sources: z.array(
    z.strictObject({
      ref: z.string(),
      law: z.string(),
      url: z.string().optional(),
      readOn: packDate,
      confidence: z.enum(['A', 'B', 'C', 'D']),
    }),
  ),
  review: z.strictObject({
    by: z.string().optional(),
    on: packDate.optional(),
    status: z.enum(['draft', 'counsel-approved', 'withdrawn']),
  }),
});
export type RulePack = z.infer<typeof rulePack>;
