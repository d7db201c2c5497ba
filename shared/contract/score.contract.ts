import { z } from 'zod';
import { instant } from '../domain/index.ts';
import { defineCommands, defineEvents, leads } from './define.ts';

const share = z.number().min(0).max(1);

/** What was learnt of who pays within 30 days after a call, from the firm's own outcomes. */
export const scoreReport = z.object({
  training: z.boolean(),
  /** why the last training came to nothing; null: it did not */
  refused: z
    .object({
      because: z.enum(['tooFewPayers', 'tooFewOthers']),
      cases: z.number().int(),
      payers: z.number().int(),
      needed: z.number().int(),
    })
    .nullable(),
  /** in use; null: none, and nobody has a score */
  model: z
    .object({
      at: instant,
      cases: z.number().int(),
      payers: z.number().int(),
      /** first and last call that it learnt from */
      from: instant,
      to: instant,
      /** a model of the cases before this was tried on those after it */
      split: instant,
      heldOut: z.object({
        cases: z.number().int(),
        payers: z.number().int(),
        /** random order: 0.5 */
        auc: share,
        /** share of the payers among the first `percent` of the cases; random order finds `percent` of them */
        found: z.array(z.object({ percent: z.number(), share })),
      }),
      /** weight of each property for one standard deviation of it, the heaviest first */
      weights: z.array(z.object({ column: z.string(), weight: z.number() })),
    })
    .nullable(),
});
export type ScoreReport = z.infer<typeof scoreReport>;

export const scoreCommands = defineCommands({
  'score.report': {
    roles: leads,
    input: z.strictObject({}),
    output: scoreReport,
  },
  /** Learns again; answers at once, `score.changed` follows. */
  'score.train': {
    roles: leads,
    changes: true,
    input: z.strictObject({}),
    output: scoreReport,
  },
});

export const scoreEvents = defineEvents({
  'score.changed': z.object({}),
});
