import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
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
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  footer?: ReactNode;
}) {
  const { t } = useTranslation();
  // not the close button: its tooltip would take the first Esc for itself
  const body = useRef<HTMLDivElement>(null);
  return (
    <Base.Root
      open={open}
      modal={false}
      disablePointerDismissal
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Base.Portal>
        <Base.Popup className={styles.sheet} initialFocus={body}>
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
