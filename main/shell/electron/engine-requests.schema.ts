import { z } from 'zod';
import type { EngineToProcesses } from '../utility/child-messages.ts';

/** What an engine may ask about processes: our own programs by name, nothing else. */
export const engineToProcesses: z.ZodType<EngineToProcesses> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('spawn-child'),
    childId: z.number().int(),
    name: z.enum(['media', 'practice-carrier', 'practice-gateways']),
    args: z.array(z.string()),
    env: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    type: z.literal('stop-child'),
    childId: z.number().int(),
    graceMs: z.number().nonnegative(),
  }),
]);
