import { z } from 'zod';

/**
 * Inside Electron only the shell can start processes: the engine asks it to. The two then talk over a message port of their own,
 * which passes by the shell.
 */
export const engineToProcesses = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('spawn-child'),
    childId: z.number().int(),
    name: z.enum(['media', 'practice-carrier']),
    args: z.array(z.string()),
    env: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    type: z.literal('stop-child'),
    childId: z.number().int(),
    graceMs: z.number().nonnegative(),
  }),
]);
export type EngineToProcesses = z.infer<typeof engineToProcesses>;

export type ProcessesToEngine =
  /** comes with the near end of the port */
  | { type: 'child-port'; childId: number; pid: number | undefined }
  | { type: 'child-exit'; childId: number; code: number | null };

/** First message to a child of the engine: the port that it takes for its parent. */
export const PARENT_PORT_MESSAGE = 'parent-port';
/** Set for a child whose parent is reached through that port. */
export const CHANNEL_VARIABLE = 'DIALDESK_PARENT_CHANNEL';
