import { useEffect, useId } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { forgetAllWork } from './kept-work.ts';

/** What would be lost, and where somebody wanted to go. */
export interface LeaveGuards {
  /** components with something unsaved, by their id */
  unsaved: ReadonlySet<string>;
  /** the address that waits for an answer */
  wanted: string | null;
}

export const leaveGuards: StoreApi<LeaveGuards> = createStore<LeaveGuards>(() => ({
  unsaved: new Set(),
  wanted: null,
}));

/** @returns false: something is unsaved, the page stays, and the person is asked */
export function mayLeaveFor(hash: string): boolean {
  if (leaveGuards.getState().unsaved.size === 0) return true;
  leaveGuards.setState({ wanted: hash });
  return false;
}

/** The person leaves all the same: nothing is guarded any more. @returns where they wanted to go */
export function leaveAnyway(): string | null {
  const { wanted } = leaveGuards.getState();
  leaveGuards.setState({ unsaved: new Set(), wanted: null });
  forgetAllWork();
  return wanted;
}

export function stay(): void {
  leaveGuards.setState({ wanted: null });
}

/** Asks before the page is left, and before the window is closed, while something on it is not saved. */
export function useLeaveGuard(unsaved: boolean): void {
  const id = useId();
  useEffect(() => {
    if (!unsaved) return;
    leaveGuards.setState(({ unsaved: known }) => ({ unsaved: new Set(known).add(id) }));
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => {
      removeEventListener('beforeunload', ask);
      leaveGuards.setState(({ unsaved: known }) => {
        const others = new Set(known);
        others.delete(id);
        return { unsaved: others };
      });
    };
  }, [id, unsaved]);
}
