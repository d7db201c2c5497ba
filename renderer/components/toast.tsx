import { Toast as Base } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import styles from './toast.module.css';

/**
 * Short news at the corner. Base UI's toasts rather than another library's: those write their styles into the page,
 * which the content security policy forbids.
 */
export const toasts = Base.createToastManager();

type Kind = 'done' | 'failed' | 'info';

/** What can be done about the news; the toast goes when it is chosen. */
export interface ToastAction {
  label: string;
  run: () => void;
}

/** Says that something happened; `failed`, and what can be acted on, stay longer. */
export function toast(
  kind: Kind,
  title: string,
  description?: string,
  actions: readonly ToastAction[] = [],
): void {
  toasts.add({
    data: { actions },
    title,
    type: kind,
    priority: kind === 'failed' ? 'high' : 'low',
    timeout: kind === 'failed' || actions.length > 0 ? 10_000 : 5_000,
    ...(description === undefined ? {} : { description }),
  });
}

export function Toaster() {
  return (
    <Base.Provider toastManager={toasts} limit={4}>
      <Base.Portal>
        <Base.Viewport className={styles.viewport}>
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function ToastList() {
  const { t } = useTranslation();
  const { toasts: shown, close } = Base.useToastManager<{ actions?: readonly ToastAction[] }>();
  return shown.map((item) => (
    <Base.Root key={item.id} toast={item} className={styles.toast}>
      <Base.Content className={styles.content}>
        <span className={styles.icon} data-kind={item.type}>
          {icons[(item.type as Kind | undefined) ?? 'info']}
        </span>
        <div className={styles.words}>
          <Base.Title className={styles.title} />
          <Base.Description className={styles.description} />
          {item.data?.actions?.length ? (
            <div className={styles.actions}>
              {item.data.actions.map(({ label, run }) => (
                <Button
                  key={label}
                  onClick={() => {
                    close(item.id);
                    run();
                  }}
                >
                  {label}
                </Button>
              ))}
            </div>
          ) : null}
        </div>
        <Base.Close className={styles.close} aria-label={t('common.close')}>
          <X size={14} aria-hidden="true" />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ));
}

const icons: Record<Kind, React.ReactNode> = {
  done: <CircleCheck size={16} aria-hidden="true" />,
  failed: <CircleAlert size={16} aria-hidden="true" />,
  info: <Info size={16} aria-hidden="true" />,
};
