import { Ellipsis } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useConnection, usePreference } from '../../app/services.ts';
import { Button, IconButton, Menu } from '../../components/index.ts';
import { workActionsFor, worksUnderVeil } from './work-actions.ts';
import styles from './work-bar.module.css';
import { useWork } from './work-context.ts';

/** Everything that can be done on the debtor, each with its key. */
export function WorkBar({ hasNote = false }: { hasNote?: boolean }) {
  const { t } = useTranslation();
  const work = useWork();
  const [singleKeys] = usePreference('singleKeys', true);
  const role = useConnection((view) => view.principal?.role);
  if (work === null) return null;
  const actions = workActionsFor(role, hasNote);
  const key = (shortcut: string | undefined): string | undefined =>
    singleKeys ? shortcut : undefined;
  return (
    <section className={styles.bar} aria-label={t('work.title')}>
      {actions
        .filter(({ inBar }) => inBar)
        .map(({ kind, labelKey, shortcut }) => (
          <Button
            key={kind}
            look="quiet"
            shortcut={key(shortcut)}
            pressed={work.opened?.kind === kind}
            disabled={work.veiled && !worksUnderVeil(kind)}
            title={
              work.veiled && !worksUnderVeil(kind) ? t('party.after-identification') : undefined
            }
            onClick={() => work.open({ kind })}
          >
            {t(labelKey)}
          </Button>
        ))}
      <Menu
        align="end"
        items={actions
          .filter(({ inBar }) => !inBar)
          .map(({ kind, labelKey, shortcut }) => ({
            id: kind,
            label: t(labelKey),
            shortcut: key(shortcut),
            disabled: work.veiled && !worksUnderVeil(kind),
            onSelect: () => work.open({ kind }),
          }))}
        trigger={
          <IconButton label={t('work.more')} icon={<Ellipsis size={16} aria-hidden="true" />} />
        }
      />
    </section>
  );
}
