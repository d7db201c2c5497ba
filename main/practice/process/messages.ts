import { z } from 'zod';
import type { CarrierStatus } from '../carrier.ts';
import { talk } from '../scenario/index.ts';

const address = z.strictObject({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535),
});

/** What a parent process tells the carrier's process. */
export const carrierCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    /** a scenario as JSON text or object; or the path of a file with one, prompts are then also sought beside it */
    scenario: z.union([z.string(), z.record(z.string(), z.unknown())]),
    listen: z.strictObject({ host: z.string().min(1), port: z.number().int().min(0).max(65_535) }),
    /** file that gets the call log */
    log: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('call-in'),
    from: z.string().min(1),
    to: z.string().min(1),
    target: address.optional(),
    patienceMs: z.number().min(0).optional(),
    talk: talk.optional(),
  }),
  z.strictObject({ type: z.literal('status') }),
  /** `up: false`: SIP packets are lost in both ways */
  z.strictObject({ type: z.literal('network'), up: z.boolean() }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type CarrierCommand = z.infer<typeof carrierCommand>;

/** What the carrier's process answers. */
export type CarrierReport =
  | { type: 'ready'; host: string; port: number; pid: number }
  | { type: 'called-in'; callNumber: number }
  | ({ type: 'status' } & CarrierStatus)
  | { type: 'failed'; code: string; message: string }
  | { type: 'stopped' };
