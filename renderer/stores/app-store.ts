import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppState } from '#shared/contract/index.ts';

export interface AppView {
  app: AppState | null;
  /** per person, kept by the engine */
  preferences: Record<string, unknown>;
  /** false until the first snapshot has come */
  preferencesLoaded: boolean;
}

export function createAppStore(): StoreApi<AppView> {
  return createStore<AppView>(() => ({ app: null, preferences: {}, preferencesLoaded: false }));
}
