import { z } from 'zod';
import type { Random } from '#shared/util/index.ts';

const milliseconds = z.number().min(0).max(3_600_000);

/**
 * A length of time in ms: fixed (`1500`), uniform (`{fromMs, toMs}`) or log-normal (`{medianMs, sigma, maxMs}`), the
 * shape in which people pick up telephones: most soon, a few very late.
 */
export const duration = z.union([
  milliseconds,
  z
    .strictObject({ fromMs: milliseconds, toMs: milliseconds })
    .refine((range) => range.fromMs <= range.toMs, { message: 'fromMs is after toMs' }),
  z.strictObject({
    medianMs: milliseconds,
    sigma: z.number().min(0).max(3),
    maxMs: milliseconds.default(60_000),
  }),
]);
export type Duration = z.infer<typeof duration>;

/** Draws one length; the same `random` state gives the same length. */
export function drawMs(length: Duration, random: Random): number {
  if (typeof length === 'number') return length;
  if ('fromMs' in length) return length.fromMs + random.next() * (length.toMs - length.fromMs);
  return Math.min(length.maxMs, length.medianMs * Math.exp(length.sigma * drawNormal(random)));
}

/** Standard normal by Box and Muller. */
function drawNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}
