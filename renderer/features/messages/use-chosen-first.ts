import { type RefObject, useEffect } from 'react';

/** The focus waits on the sheet while the offer is on its way; then it goes to what is chosen, never out of a field. */
export function useChosenFirst(root: RefObject<HTMLElement | null>, wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    const form = root.current;
    const focused = document.activeElement;
    const idle = focused === null || focused === document.body || focused.contains(form);
    if (!idle) return;
    focusChosen(form);
  }, [root, wanted]);
}

/** The row of the chosen template, or of own words. */
export function focusChosen(form: HTMLElement | null): void {
  const chosen = form?.querySelectorAll<HTMLElement>('[role=radio][aria-checked=true]');
  [...(chosen ?? [])].at(-1)?.focus({ preventScroll: true });
}
