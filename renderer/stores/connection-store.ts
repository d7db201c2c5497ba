import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Principal } from '#shared/contract/index.ts';
import type { ConnectionState, ContractClient } from './client-port.ts';

export interface ConnectionView {
  state: ConnectionState;
  /** who is logged in; stays while the engine is away, so that the screens do */
  principal: Principal | null;
}

/** Mirrors the client's connection, so that screens can subscribe to it like to any store. */
export function createConnectionStore(client: ContractClient): StoreApi<ConnectionView> {
  return createStore<ConnectionView>(() =>
    withConnection({ state: client.connection, principal: null }, client.connection),
  );
}

export function withConnection(view: ConnectionView, state: ConnectionState): ConnectionView {
  if (state.kind === 'connected') return { state, principal: state.principal };
  return { state, principal: state.kind === 'refused' ? null : view.principal };
}
