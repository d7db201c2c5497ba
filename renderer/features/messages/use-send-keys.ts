import { useEffect, useRef } from 'react';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useServices } from '../../app/services.ts';

/** what keeps Enter for itself: it would press a button or break a line, not send a message */
const ownsEnter =
  'a[href],button:not([data-sends]),input,textarea,select,summary,[role=combobox],[role=listbox],[role=menu],[role=menuitem]';

/**
 * Enter sends from wherever it means nothing else, Ctrl or ⌘ with Enter also while words are typed. The letter that opened
 * the sheet is taken by its own keys.
 * @param plainEnter false: Enter alone belongs to others on the page
 */
export function useSendKeys(send: () => void, plainEnter = true): void {
  const { preferences } = useServices();
  const current = useRef(send);
  current.current = send;
  useKeys({ 'Mod+Enter': () => current.current() });
  useEffect(() => {
    if (!plainEnter) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || event.repeat || event.isComposing) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (preferences.get('singleKeys') === false) return;
      if (event.target instanceof HTMLElement && event.target.closest(ownsEnter)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      current.current();
    };
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => removeEventListener('keydown', onKeyDown, { capture: true });
  }, [preferences, plainEnter]);
}
