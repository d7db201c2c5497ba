import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import styles from './side-sheet.module.css';

/**
 * A panel over the right side of the page: forms and details that belong to what is behind them. It does not block the
 * page (a call can still be ended); Esc closes it.
 */
export function SideSheet({
  open,
  onClose,
  title,
  children,
  footer,
  container,
  focusFirst = false,
  wide = false,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  footer?: ReactNode;
  /** a positioned box that the sheet covers, instead of the right side of the window; null: not there yet */
  container?: HTMLElement | null;
  /** a form: typing starts in its first field, the one marked `data-first` if there is one */
  focusFirst?: boolean;
  /** pages of letters, things side by side: more than the container's width if that is small */
  wide?: boolean;
}) {
  const { t } = useTranslation();
  // not the close button: its tooltip would take the first Esc for itself
  const body = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  const firstFocus = (): HTMLElement | null => {
    before.current = document.activeElement;
    return focusFirst ? firstField(body.current) : body.current;
  };
  // opened by a letter there was no focus, and there is none again: by default it would go to the first button of the page,
  // which the next Enter would press
  const hadFocus = (): boolean =>
    before.current?.isConnected === true && before.current !== document.body;
  return (
    <Base.Root
      open={open && container !== null}
      modal={false}
      disablePointerDismissal
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Base.Portal {...(container ? { container } : {})}>
        <Base.Popup
          className={classNames(container ? styles.placed : styles.sheet, wide && styles.wide)}
          initialFocus={firstFocus}
          finalFocus={hadFocus}
        >
          <div className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <IconButton
              label={t('common.close')}
              shortcut="Escape"
              icon={<X size={16} aria-hidden="true" />}
              onClick={onClose}
            />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <div ref={body} className={styles.body} tabIndex={0}>
            {children}
          </div>
          {footer ? <div className={styles.footer}>{footer}</div> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function firstField(body: HTMLElement | null): HTMLElement | null {
  return (
    body?.querySelector<HTMLElement>('[data-first]') ??
    body?.querySelector<HTMLElement>('input, textarea, button') ??
    body
  );
}
