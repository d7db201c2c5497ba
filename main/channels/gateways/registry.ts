import type { GatewayKind } from '#shared/contract/index.ts';
import type { AdapterKind } from '../types.ts';

/** An adapter of one of the kinds. */
export type AnyAdapterKind = { [Kind in GatewayKind]: AdapterKind<Kind> }[GatewayKind];

/** The kinds of gateway that this program can talk to; each is given settings of its own kind alone. */
export type Registry = ReadonlyMap<GatewayKind, AdapterKind>;

/** @throws Error when two adapters are of one kind, which is a mistake in `app/` */
export function createRegistry(adapters: readonly AnyAdapterKind[]): Registry {
  const registry = new Map<GatewayKind, AdapterKind>();
  for (const adapter of adapters) {
    if (registry.has(adapter.kind)) throw new Error(`two adapters for ${adapter.kind}`);
    // found by the kind of the settings that it is then given
    registry.set(adapter.kind, adapter as unknown as AdapterKind);
  }
  return registry;
}
