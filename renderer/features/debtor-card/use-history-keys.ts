import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useKeys } from '../../app/keys/use-keys.ts';
import { type HistoryRow, nextItem } from './history-rows.ts';

/**
 * Moves through the items by j/k or the arrows; Enter opens what is folded, Space plays the recording. The keys act
 * while the history has the focus, so that they never meet the keys of a call; `J` brings the focus there.
 */
export function useHistoryKeys(
  rows: readonly HistoryRow[],
  scroller: RefObject<HTMLDivElement | null>,
  scrollTo: (index: number) => void,
): {
  current: number;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: (event: FocusEvent) => void;
} {
  const [key, setKey] = useState<string | null>(null);
  const current = key === null ? -1 : rows.findIndex((row) => row.key === key);
  const wanted = useRef<string | null>(null);

  const go = useCallback(
    (index: number) => {
      const row = rows[index];
      if (row?.kind !== 'item') return;
      wanted.current = row.key;
      setKey(row.key);
      scrollTo(index);
    },
    [rows, scrollTo],
  );
  // the row may be drawn only after the scrolling: the focus follows it
  useEffect(() => {
    if (wanted.current === null) return;
    const item = articleOf(scroller.current, wanted.current);
    if (item === null) return;
    wanted.current = null;
    item.focus({ preventScroll: true });
  });
  const enter = (): void => go(current < 0 ? nextItem(rows, -1, 1) : current);
  useKeys({ J: enter });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || typesInto(event.target)) return;
    const { key: pressed } = event;
    const act =
      pressed === 'j' || pressed === 'ArrowDown'
        ? () => go(nextItem(rows, current, 1))
        : pressed === 'k' || pressed === 'ArrowUp'
          ? () => go(current < 0 ? nextItem(rows, -1, 1) : nextItem(rows, current, -1))
          : pressed === 'Home'
            ? () => go(nextItem(rows, -1, 1))
            : pressed === 'End'
              ? () => go(nextItem(rows, rows.length, -1))
              : pressActionOf(event);
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const onFocus = (event: FocusEvent): void => {
    const article = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    if (article?.dataset.row) setKey(article.dataset.row);
  };
  return { current, onKeyDown, onFocus };
}

/** Enter and Space press a button of the row, when the row itself has the focus. */
function pressActionOf(event: KeyboardEvent): (() => void) | null {
  const target = event.target as HTMLElement;
  if (!target.matches('[data-row]')) return null;
  const name =
    event.key === 'Enter' ? '[data-unfold]' : event.key === ' ' ? '[data-player-toggle]' : null;
  const button = name === null ? null : target.querySelector<HTMLElement>(name);
  return button === null ? null : () => button.click();
}

function typesInto(target: EventTarget): boolean {
  return target instanceof HTMLInputElement;
}

function articleOf(scroller: HTMLElement | null, key: string): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`) ?? null;
}
