import { AlertDialog as Base } from '@base-ui/react/alert-dialog';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './confirm.module.css';

/** The only modal: a question before something that cannot be taken back. */
export function Confirm({
  open,
  title,
  text,
  action,
  destructive = false,
  onConfirm,
  onCancel,
}: {
  open: boolean;
  title: string;
  text: string;
  action: string;
  destructive?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onCancel();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.scrim} />
        <Base.Popup className={styles.dialog}>
          <Base.Title className={styles.title}>{title}</Base.Title>
          <Base.Description className={styles.text}>{text}</Base.Description>
          <div className={styles.actions}>
            <Button onClick={onCancel}>{t('common.cancel')}</Button>
            <Button look={destructive ? 'stop' : 'primary'} onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
