import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CommandName, commands } from '#shared/contract/index.ts';
import { seededRandom } from './crash/support/kill-plan.ts';
import { Product } from './support/product.ts';
import { randomInput } from './support/random-input.ts';

const SEED = Number(process.env.DIALDESK_FUZZ_SEED ?? 20_262);
const EACH = 12;
const LONGEST_MS = 5_000;
/** They may end the very login that asks, or open another store: tested elsewhere. */
const leftOut = new Set(['access.revoke', 'access.update-person', 'app.open-store']);

describe('every command, with inputs that fit its shape and mean nothing', () => {
  let product: Product;
  beforeAll(async () => {
    product = new Product();
    await product.address();
  });
  afterAll(() => product?.stop());

  it('answers with a reply or a refusal that has a code, and the engine lives', async () => {
    const { pid } = await product.engine();
    const random = seededRandom(SEED);
    const knownIds = await idsOf(product);
    const internal: string[] = [];
    for (const [name, { input }] of Object.entries(commands)) {
      if (leftOut.has(name)) continue;
      const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
      for (let turn = 0; turn < EACH; turn += 1) {
        const sent = randomInput(schema as never, { random, knownIds });
        const answered = product.rpc(name as CommandName, sent as never).catch((error: unknown) => {
          const code = (error as { code?: string }).code;
          if (code === undefined || code === 'internal')
            internal.push(`${name} ${JSON.stringify(sent).slice(0, 300)}: ${String(error)}`);
        });
        const late = setTimeout(LONGEST_MS, 'late', { ref: false });
        if ((await Promise.race([answered, late])) === 'late')
          internal.push(`${name} ${JSON.stringify(sent).slice(0, 300)}: no answer`);
      }
    }
    expect(internal).toEqual([]);
    expect((await product.engine()).pid).toBe(pid);
    const { total } = await product.rpc('debtor.list', {});
    expect(total).toBeGreaterThan(0);
  }, 120_000);
});

/** What the demo has: whoever attacks from inside knows these. */
async function idsOf(product: Product): Promise<string[]> {
  const ids = new Set<string>();
  const collect = (value: unknown): void => {
    for (const id of JSON.stringify(value).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? []) ids.add(id);
  };
  const { rows } = await product.rpc('debtor.list', { limit: 5 });
  for (const { debtorId } of rows) collect(await product.rpc('debtor.card', { debtorId }));
  collect(await product.rpc('debtor.list-portfolios', {}));
  collect(await product.rpc('campaign.list', {}));
  collect(await product.rpc('telephony.list-trunks', {}));
  collect(await product.rpc('access.list-people', {}));
  return [...ids];
}
