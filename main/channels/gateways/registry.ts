import type { GatewayKind } from '#shared/contract/index.ts';
import type { AdapterKind } from '../types.ts';

/** The kinds of gateway that this program can talk to. */
export type Registry = ReadonlyMap<GatewayKind, AdapterKind>;

/** @throws Error when two adapters are of one kind, which is a mistake in `app/` */
export function createRegistry(adapters: readonly AdapterKind[]): Registry {
  const registry = new Map<GatewayKind, AdapterKind>();
  for (const adapter of adapters) {
    if (registry.has(adapter.kind)) throw new Error(`two adapters for ${adapter.kind}`);
    registry.set(adapter.kind, adapter);
  }
  return registry;
}
