import { useEffect, useRef } from 'react';
import { type Binding, pressMatches } from '../../app/keys/key-match.ts';
import { isMac } from '../../app/keys/platform.ts';
import { useServices } from '../../app/services.ts';

/**
 * Keys of an open sheet. They come before the keys of the page, from the moment the sheet is there, wherever the focus
 * still is: the second of two quick keys never lands on what lies behind. Fields keep theirs.
 */
export function useSheetKeys(map: Record<Binding, (() => void) | null | undefined>): void {
  const { preferences } = useServices();
  const current = useRef(map);
  current.current = map;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (preferences.get('singleKeys') === false || event.repeat || typesInto(event.target))
        return;
      const action = Object.entries(current.current).find(([binding]) =>
        pressMatches(event, binding, isMac),
      )?.[1];
      if (!action) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      action();
    };
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => removeEventListener('keydown', onKeyDown, { capture: true });
  }, [preferences]);
}

function typesInto(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type=checkbox]),textarea,select,[role=listbox],[role=combobox]') !==
      null
  );
}
