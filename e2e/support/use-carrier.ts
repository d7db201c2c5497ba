import type { OwnCarrier } from './own-carrier.ts';
import type { Product } from './product.ts';
import { until } from './until.ts';

/**
 * Points the practice trunk at a carrier of the test's own, instead of the bundled one.
 * @returns a number of the firm on it
 */
export async function useCarrier(product: Product, carrier: OwnCarrier): Promise<string> {
  const [trunk] = (await product.rpc('telephony.list-trunks', {})).trunks;
  if (!trunk) throw new Error('a practice store has no trunk');
  const { trunkId, settings, callerIds } = trunk;
  await product.rpc('telephony.save-trunk', {
    trunkId,
    settings: { ...settings, port: carrier.port },
    enabled: true,
    callerIds: callerIds.map(({ e164, label }) => ({ e164, label })),
  } as never);
  await until('the trunk reaches the carrier', async () => {
    const { trunks } = await product.rpc('telephony.list-trunks', {});
    return trunks[0]?.state === 'reachable';
  });
  return callerIds[0]?.e164 ?? '';
}
