import type { ComponentProps, ReactNode } from 'react';
import button from './button.module.css';
import { classNames } from './class-names.ts';
import styles from './link-button.module.css';

/** A link that stands where buttons stand: it leads somewhere, so it can be opened and copied like a link. */
export function LinkButton({
  look = 'plain',
  icon,
  className,
  children,
  ...rest
}: ComponentProps<'a'> & { look?: 'plain' | 'primary' | 'quiet'; icon?: ReactNode }) {
  return (
    <a {...rest} className={classNames(button.button, button[look], styles.link, className)}>
      {icon}
      <span className={button.label}>{children}</span>
    </a>
  );
}
