import { z } from 'zod';

/** What a parent tells the process of practice gateways. */
export const gatewaysCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    /** of the debtors' behaviour */
    seed: z.number().int().default(1),
    /** loopback */
    host: z.string().default('127.0.0.1'),
  }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type GatewaysCommand = z.infer<typeof gatewaysCommand>;

/** One gateway that runs, as a row of the store would have it. */
export interface RunningGateway {
  /** of its row: the same at every start */
  gatewayId: string;
  /** all settings of a new row */
  settings: Record<string, unknown>;
  /** those that differ at every start: addresses and ports */
  address: Record<string, unknown>;
  secrets: Record<string, string>;
  /** of a new row */
  enabled: boolean;
}

export type GatewaysReport =
  | { type: 'ready'; pid: number; gateways: RunningGateway[] }
  | { type: 'stopped' }
  | { type: 'failed'; code: string; message: string };
