import type { StoreApi } from 'zustand/vanilla';
import type { AppView, ContractClient } from '../stores/index.ts';

/** What a person has chosen for themselves. Kept by the engine, so it follows them to another window. */
export interface PreferenceValues {
  theme: 'system' | 'light' | 'dark';
  language: string;
  /** letter and digit keys outside fields (WCAG 2.1.4) */
  singleKeys: boolean;
  navigationExpanded: boolean;
  microphoneId: string;
  speakerId: string;
  echoCancellation: boolean;
  noiseSuppression: boolean;
  ringVolume: number;
  /** columns, widths and sorting of a table, by its id */
  [table: `table.${string}`]: unknown;
}
type Name = keyof PreferenceValues & string;

/** Needed before the engine answers, and harmless on disk: the window must not flash in the wrong colours. */
const localNames: readonly string[] = ['theme', 'language', 'navigationExpanded'];
const localPrefix = 'dialdesk.';

export interface Preferences {
  get<Key extends Name>(name: Key): PreferenceValues[Key] | undefined;
  set<Key extends Name>(name: Key, value: PreferenceValues[Key]): void;
}

/** @param onError told when the engine could not keep a choice; it still holds in this window */
export function createPreferences(
  client: ContractClient,
  store: StoreApi<AppView>,
  onError: (error: unknown) => void,
): Preferences {
  return {
    get(name) {
      const { preferences } = store.getState();
      const value = name in preferences ? preferences[name] : readLocal(name);
      return value as never;
    },
    set(name, value) {
      store.setState((view) => ({ preferences: { ...view.preferences, [name]: value } }));
      if (localNames.includes(name))
        localStorage.setItem(localPrefix + name, JSON.stringify(value));
      client.send('app.set-preference', { key: name, value }).catch(onError);
    },
  };
}

function readLocal(name: string): unknown {
  const text = localNames.includes(name) ? localStorage.getItem(localPrefix + name) : null;
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // written by something else: the default holds
  }
}
