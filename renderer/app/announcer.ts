import { createStore, type StoreApi } from 'zustand/vanilla';

export interface Announcements {
  /** `id` changes even when the text is the same, so that it is read again */
  polite: { id: number; text: string };
  assertive: { id: number; text: string };
}

export const announcements: StoreApi<Announcements> = createStore<Announcements>(() => ({
  polite: { id: 0, text: '' },
  assertive: { id: 0, text: '' },
}));

/** Tells assistive technology: call events politely, failures at once. */
export function announce(text: string, urgency: 'polite' | 'assertive' = 'polite'): void {
  announcements.setState((now) => ({ [urgency]: { id: now[urgency].id + 1, text } }));
}
