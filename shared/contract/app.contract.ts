import { z } from 'zod';
import { instant, storeKind } from '../domain/index.ts';
import { admins, defineCommands, defineEvents, everyone, leads } from './define.ts';

export const rulesInForce = z.object({
  packs: z.array(
    z.object({
      id: z.string(),
      version: z.string(),
      title: z.string(),
      /** `draft` until a lawyer has approved it; the screen says so */
      status: z.enum(['draft', 'counsel-approved', 'withdrawn']),
      practice: z.boolean(),
    }),
  ),
});

export const appState = z.object({
  version: z.string(),
  storeKind,
  startedAt: instant,
  /** the wall clock stepped or is behind the newest row: the door refuses until a person confirms */
  clockSuspect: z.boolean(),
  rules: rulesInForce,
  practiceCarrier: z.object({ running: z.boolean(), trunkName: z.string().nullable() }),
  /** demo portfolio, debtors and numbers are made up, and say so wherever they are shown */
  synthetic: z.boolean(),
});
export type AppState = z.infer<typeof appState>;

export const doctorStep = z.object({
  id: z.string(),
  ok: z.enum(['yes', 'no', 'unknown']),
  /** code for translated text: what was found */
  finding: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type DoctorStep = z.infer<typeof doctorStep>;

export const appCommands = defineCommands({
  'app.snapshot': { roles: everyone, input: z.strictObject({}), output: appState },
  'app.confirm-clock': {
    roles: leads,
    changes: true,
    input: z.strictObject({}),
    output: appState,
  },
  'app.doctor': {
    roles: leads,
    input: z.strictObject({}),
    output: z.object({ steps: z.array(doctorStep) }),
  },
  /** Makes a new, real store beside the practice one and restarts the engine on it. */
  'app.open-store': {
    roles: admins,
    changes: true,
    input: z.strictObject({ storeKind }),
    output: z.object({ restarting: z.boolean() }),
    errors: ['app.store-switch-unavailable'],
  },
  /**
   * Permission for one `POST /upload` with the header `authorization: Bearer <token>` and, optionally, the file's name
   * percent-encoded in `x-file-name`. The answer is `{fileId}`; the file lives for an hour or until it was used.
   */
  'app.upload-ticket': {
    roles: leads,
    input: z.strictObject({}),
    output: z.object({
      url: z.string(),
      token: z.string(),
      expiresAt: instant,
      maxBytes: z.number().int(),
    }),
  },
  'app.get-preferences': {
    roles: everyone,
    input: z.strictObject({}),
    output: z.object({ preferences: z.record(z.string(), z.unknown()) }),
  },
  'app.set-preference': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ key: z.string().max(80), value: z.unknown() }),
    output: z.object({}),
  },
});

export const appEvents = defineEvents({
  'app.changed': appState,
});
