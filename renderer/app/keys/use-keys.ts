import { useLayoutEffect, useRef } from 'react';
import { useServices } from '../services.ts';
import { type Binding, pressMatches, worksInFields } from './key-match.ts';
import { isMac } from './platform.ts';

/** Bindings and what they do; an absent or null action leaves the key to others. */
export type KeyMap = Record<Binding, (() => void) | null | undefined>;

/**
 * Listens for keys while the component is on the screen. Keys without ⌘/Ctrl act only outside fields and open popups,
 * and not at all when the person has switched them off (WCAG 2.1.4).
 */
export function useKeys(map: KeyMap, enabled = true): void {
  const { preferences } = useServices();
  const current = useRef(map);
  current.current = map;

  // With the elements themselves, not after they were painted: what is on the screen takes its keys.
  useLayoutEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || event.isComposing) return;
      const found = Object.entries(current.current).find(
        ([binding, action]) => action && pressMatches(event, binding, isMac),
      );
      if (!found) return;
      const [binding, action] = found;
      if (!worksInFields(binding)) {
        if (preferences.get('singleKeys') === false) return;
        if (ownsKeys(event.target)) return;
      }
      event.preventDefault();
      action?.();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [enabled, preferences]);
}

/** Fields, lists with type-ahead and anything inside an open popup keep their own keys. */
function ownsKeys(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return (
    target.closest(
      'input:not([type=checkbox]):not([type=radio]):not([type=range]),textarea,select,[role=listbox],[role=menu],[role=dialog],[role=combobox]',
    ) !== null
  );
}
