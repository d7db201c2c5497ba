import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary`: the one next step of a screen; `stop`: ends a call or destroys; `talk`: takes a call */
  look?: 'plain' | 'primary' | 'quiet' | 'stop' | 'talk';
  size?: 'normal' | 'large';
  icon?: ReactNode;
  /** the key that does the same; shown, and told to assistive technology */
  shortcut?: string | undefined;
  pressed?: boolean;
  wide?: boolean;
}

/** A button with a word on it. While `aria-disabled` it stays focusable, so that its reason can be read. */
export function Button({
  look = 'plain',
  size = 'normal',
  icon,
  shortcut,
  pressed,
  wide,
  className,
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut?.replace('Mod', 'Control')}
      className={classNames(
        styles.button,
        styles[look],
        size === 'large' && styles.large,
        wide && styles.wide,
        className,
      )}
    >
      {icon}
      <span className={styles.label}>{children}</span>
      {shortcut ? <Kbd binding={shortcut} /> : null}
    </button>
  );
}
