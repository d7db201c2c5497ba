import { useEffect } from 'react';

/** What is written on a page and not saved, by the page's own key; it lives as long as the window. */
const kept = new Map<string, unknown>();

/** What was left unsaved when the page was last left; undefined: nothing. For the initial state of a form. */
export function keptWork<Value>(key: string): Value | undefined {
  return kept.get(key) as Value | undefined;
}

/** Keeps what is unsaved while another page is shown: a call does not wait for a form, and a form is not lost by a call. */
export function useKeepWork<Value>(key: string, value: Value, unsaved: boolean): void {
  useEffect(() => {
    if (unsaved) keepWork(key, value);
    else forgetWork(key);
  }, [key, value, unsaved]);
}

export function keepWork(key: string, value: unknown): void {
  kept.set(key, value);
}

/** It was saved or thrown away. */
export function forgetWork(key: string): void {
  kept.delete(key);
}

export function forgetAllWork(): void {
  kept.clear();
}
