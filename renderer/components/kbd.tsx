import { isMac } from '../app/keys/platform.ts';
import styles from './kbd.module.css';

const signs: Record<string, string> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Shift: '⇧',
  Alt: isMac ? '⌥' : 'Alt',
  Escape: 'Esc',
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Space: '␣',
};

/** A key as it is printed on this machine's keyboard. Hidden from assistive technology, which has `aria-keyshortcuts`. */
export function Kbd({ binding }: { binding: string }) {
  const parts = binding === '+' ? ['+'] : binding.split('+');
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a key cap takes no focus
    <kbd className={styles.kbd} aria-hidden="true">
      {parts.map((part) => signs[part] ?? part).join(isMac ? '' : ' ')}
    </kbd>
  );
}
