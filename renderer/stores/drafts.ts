import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock, Dispose } from '#shared/util/index.ts';

/** What an agent has typed about one debtor (or unknown caller) and not saved yet. */
export interface Draft {
  note: string;
  promise: { amount: string; dueOn: string; debtId: string } | null;
  /** wall time where the debtor is, as a field holds it */
  callbackAt: string | null;
  /** other forms that were begun, by their name; each knows its own shape */
  forms?: Readonly<Record<string, unknown>>;
  /** for the list of unsaved notes */
  title: string;
}

export const emptyDraft: Draft = { note: '', promise: null, callbackAt: null, title: '' };

export interface DraftsView {
  byKey: Record<string, Draft>;
}

/** Where drafts outlive the window: a preference, so that they lie in the encrypted store and not in the browser's files. */
export interface DraftKeeper {
  save(key: string, draft: Draft | null): Promise<void>;
}

export interface Drafts {
  store: StoreApi<DraftsView>;
  get(key: string): Draft;
  change(key: string, change: Partial<Draft>): void;
  /** what is typed in a form beside the call's own; null: it was saved or thrown away */
  changeForm(key: string, name: string, value: unknown, title?: string): void;
  /** the call's outcome is recorded: what went with it goes, forms of their own stay */
  settle(key: string): void;
  /** saved or thrown away by the agent */
  discard(key: string): void;
  /** what earlier windows left; what was typed here since wins */
  restore(preferences: Record<string, unknown>): void;
  dispose: Dispose;
}

const preferencePrefix = 'draft.';
const saveDelayMs = 400;

export function draftPreferenceKey(key: string): string {
  return `${preferencePrefix}${key}`;
}

export function isEmptyDraft(draft: Draft): boolean {
  return (
    draft.note.trim() === '' &&
    draft.promise === null &&
    draft.callbackAt === null &&
    Object.keys(draft.forms ?? {}).length === 0
  );
}

/**
 * Keeps unsaved text for each debtor until it is saved or thrown away: through the end of a call, the next call, a
 * reload and a restart of the engine. A save that fails is tried again with the next change or at `restore`.
 */
export function createDrafts(keeper: DraftKeeper, clock: Pick<Clock, 'setTimer'>): Drafts {
  const store = createStore<DraftsView>(() => ({ byKey: {} }));
  const unsaved = new Set<string>();
  let cancelTimer: Dispose | null = null;

  function saveAll(): void {
    cancelTimer = null;
    for (const key of [...unsaved]) {
      unsaved.delete(key);
      keeper.save(key, store.getState().byKey[key] ?? null).catch(() => unsaved.add(key));
    }
  }
  function saveSoon(key: string): void {
    unsaved.add(key);
    cancelTimer ??= clock.setTimer(saveDelayMs, saveAll);
  }
  function set(key: string, draft: Draft | null): void {
    store.setState(({ byKey }) => {
      const { [key]: _, ...others } = byKey;
      return { byKey: draft === null ? others : { ...others, [key]: draft } };
    });
    saveSoon(key);
  }

  return {
    store,
    get: (key) => store.getState().byKey[key] ?? emptyDraft,
    change(key, change) {
      const next = { ...(store.getState().byKey[key] ?? emptyDraft), ...change };
      set(key, isEmptyDraft(next) ? null : next);
    },
    changeForm(key, name, value, title) {
      const now = store.getState().byKey[key] ?? emptyDraft;
      const { [name]: _, ...others } = now.forms ?? {};
      const forms = value === null ? others : { ...others, [name]: value };
      const next = { ...now, forms, ...(title ? { title } : {}) };
      set(key, isEmptyDraft(next) ? null : next);
    },
    settle(key) {
      const { forms, title } = store.getState().byKey[key] ?? emptyDraft;
      const next: Draft = { ...emptyDraft, title, ...(forms ? { forms } : {}) };
      set(key, isEmptyDraft(next) ? null : next);
    },
    discard: (key) => set(key, null),
    restore(preferences) {
      const stored = storedDrafts(preferences);
      for (const key of unsaved) delete stored[key];
      store.setState(({ byKey }) => ({ byKey: { ...stored, ...byKey } }));
      for (const key of unsaved) saveSoon(key);
    },
    dispose: () => cancelTimer?.(),
  };
}

function storedDrafts(preferences: Record<string, unknown>): Record<string, Draft> {
  const drafts: Record<string, Draft> = {};
  for (const [name, value] of Object.entries(preferences)) {
    if (!name.startsWith(preferencePrefix) || typeof value !== 'object' || value === null) continue;
    drafts[name.slice(preferencePrefix.length)] = { ...emptyDraft, ...value };
  }
  return drafts;
}
