import { Scale } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AppState } from '#shared/contract/index.ts';
import { toHash } from '../../app/router.ts';
import { useApp } from '../../app/services.ts';
import { Badge, EmptyState, Panel, Skeleton, type Tone } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import styles from './rules-in-force.module.css';

type Pack = AppState['rules']['packs'][number];

const statusKeys: Record<Pack['status'], string> = {
  draft: 'rule-pack.draft',
  'counsel-approved': 'rule-pack.approved',
  withdrawn: 'rule-pack.withdrawn',
};
const statusTones: Record<Pack['status'], Tone> = {
  draft: 'wait',
  'counsel-approved': 'talk',
  withdrawn: 'stop',
};

/** The rule packs that every contact must pass, and plainly which of them no lawyer has approved. */
export function RulesInForce() {
  const { t } = useTranslation();
  const app = useApp((view) => view.app);
  if (app === null) return <Skeleton lines={6} />;
  const { packs } = app.rules;
  const drafts = packs.filter((pack) => pack.status !== 'counsel-approved').length;
  return (
    <>
      {drafts > 0 ? (
        <Notice tone="wait" title={t('rule-pack.draft-title')}>
          {t('rule-pack.draft-text')}
        </Notice>
      ) : null}
      <Panel
        title={t('settings.rules')}
        actions={
          <LinkButton look="quiet" href={toHash('/rules')}>
            {t('rule-pages.open')}
          </LinkButton>
        }
      >
        <p className={styles.text}>{t('rule-pack.text')}</p>
        {packs.length === 0 ? (
          <EmptyState
            icon={<Scale size={24} aria-hidden="true" />}
            title={t('rule-pack.none')}
            text={t('rule-pack.none-text')}
          />
        ) : (
          <ul className={styles.packs}>
            {packs.map((pack) => (
              <li key={pack.id} className={styles.pack}>
                <a className={styles.name} href={toHash(`/rules/packs/${pack.id}`)}>
                  {t(`rule-pack.name.${pack.id}`, { defaultValue: pack.title })}
                </a>
                <span className={styles.faint}>
                  {t('rule-pack.version', { id: pack.id, version: pack.version })}
                </span>
                <span className={styles.badges}>
                  {pack.practice ? <Badge tone="accent">{t('rule-pack.practice')}</Badge> : null}
                  <Badge tone={statusTones[pack.status]}>{t(statusKeys[pack.status])}</Badge>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}
