import { z } from 'zod';
import { dispositionCodeId, scriptId } from '../domain/index.ts';
import { admins, defineCommands, defineEvents, everyone } from './define.ts';

/** What an outcome means for the list. */
export const dispositionEffect = z.enum([
  'done',
  'retry',
  'callback',
  'promise',
  'wrongNumber',
  'doNotCall',
]);
export type DispositionEffect = z.infer<typeof dispositionEffect>;

/** What an outcome does next besides its effect. */
export const dispositionNext = z.strictObject({
  /** retry: after so long; absent: a day */
  retryAfterMs: z
    .number()
    .int()
    .positive()
    .max(366 * 86_400_000)
    .optional(),
  /** retry: not with the number that was used */
  otherNumber: z.boolean().optional(),
  /** leaves the lists of other campaigns too */
  leavesAllLists: z.boolean().optional(),
  /** the agent must write a note */
  noteRequired: z.boolean().optional(),
});
export type DispositionNext = z.infer<typeof dispositionNext>;

export const dispositionCode = z.object({
  dispositionCodeId,
  code: z.string(),
  /** the firm's own name for it; null: the translated one that comes with Dialdesk */
  label: z.string().nullable(),
  key: z.string().nullable(),
  effect: dispositionEffect,
  next: dispositionNext,
  active: z.boolean(),
  position: z.number().int(),
  /** calls that have it; it can be switched off, not removed */
  used: z.number().int(),
});
export type DispositionCode = z.infer<typeof dispositionCode>;

export const scriptSection = z.strictObject({
  title: z.string().trim().min(1).max(80),
  text: z.string().max(5_000),
});

export const script = z.object({
  scriptId,
  name: z.string(),
  language: z.string(),
  debtKind: z.string().nullable(),
  sections: z.array(scriptSection),
  /** comes with Dialdesk as a sample */
  sample: z.boolean(),
  campaigns: z.number().int(),
});
export type CallScript = z.infer<typeof script>;

export const dispositionCommands = defineCommands({
  'disposition.list': {
    roles: everyone,
    input: z.strictObject({}),
    output: z.object({ dispositions: z.array(dispositionCode) }),
  },
  'disposition.save': {
    roles: admins,
    changes: true,
    input: z.strictObject({
      dispositionCodeId: dispositionCodeId.optional(),
      /** of a new one: letters and digits; codes never change */
      code: z
        .string()
        .regex(/^[a-z][A-Za-z0-9]{1,39}$/)
        .optional(),
      label: z.string().trim().max(60).nullable().optional(),
      key: z
        .string()
        .regex(/^[1-9]$/)
        .nullable()
        .optional(),
      effect: dispositionEffect.optional(),
      next: dispositionNext.optional(),
      active: z.boolean().optional(),
    }),
    output: dispositionCode,
    errors: ['disposition.code-taken', 'disposition.key-taken', 'disposition.last-of-effect'],
  },
  'disposition.reorder': {
    roles: admins,
    changes: true,
    input: z.strictObject({ order: z.array(dispositionCodeId).min(1).max(200) }),
    output: z.object({ dispositions: z.array(dispositionCode) }),
  },
  'script.list': {
    roles: everyone,
    input: z.strictObject({}),
    output: z.object({ scripts: z.array(script) }),
  },
  'script.save': {
    roles: admins,
    changes: true,
    input: z.strictObject({
      scriptId: scriptId.optional(),
      name: z.string().trim().min(1).max(80),
      language: z.string().min(2).max(35),
      debtKind: z.string().max(40).nullable(),
      sections: z.array(scriptSection).min(1).max(30),
    }),
    output: script,
  },
  'script.remove': {
    roles: admins,
    changes: true,
    input: z.strictObject({ scriptId }),
    output: z.object({}),
    errors: ['script.in-use'],
  },
});

export const dispositionEvents = defineEvents({
  'disposition.changed': z.object({}),
});
