import { createStore, type StoreApi } from 'zustand/vanilla';
import { type CallView, emptyCallView } from './call-state.ts';

export function createCallStore(): StoreApi<CallView> {
  return createStore<CallView>(() => emptyCallView);
}
