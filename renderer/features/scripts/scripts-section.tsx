import { Plus, ScrollText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CallScript } from '#shared/contract/index.ts';
import { languageLabel } from '../../app/format/names.ts';
import { toHash, useQuery } from '../../app/router.ts';
import { useConnection } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Badge, EmptyState, Panel } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Loaded } from '../rules/loaded.tsx';
import { ScriptForm } from './script-form.tsx';
import { ScriptPreview } from './script-preview.tsx';
import styles from './scripts-section.module.css';

/** What agents say, step by step: one script for each language and kind of debt. */
export function ScriptsSection() {
  const { t } = useTranslation();
  const mayEdit = useConnection((view) => view.principal?.role === 'admin');
  const [chosen, choose] = useQuery('script');
  const data = useQueryData('script.list', {});
  const add = mayEdit ? (
    <LinkButton
      href={toHash('/settings', { section: 'scripts', script: 'new' })}
      icon={<Plus size={14} aria-hidden="true" />}
    >
      {t('scripts.add')}
    </LinkButton>
  ) : null;
  const leave = (): void => {
    data.reload();
    choose('');
  };
  return (
    <Loaded data={data} lines={6}>
      {({ scripts }) => {
        const script = scripts.find((one) => one.scriptId === chosen) ?? null;
        if (chosen === 'new' || script !== null) {
          return mayEdit ? (
            <ScriptForm key={chosen} script={script} onClose={() => choose('')} onChanged={leave} />
          ) : script === null ? null : (
            <Panel
              title={script.name}
              actions={
                <LinkButton look="quiet" href={toHash('/settings', { section: 'scripts' })}>
                  {t('scripts.all')}
                </LinkButton>
              }
            >
              <ScriptPreview script={script} />
            </Panel>
          );
        }
        return (
          <Panel title={t('scripts.title')} flush actions={scripts.length > 0 ? add : null}>
            {scripts.length === 0 ? (
              <EmptyState
                icon={<ScrollText size={24} aria-hidden="true" />}
                title={t('scripts.none')}
                text={t('scripts.none-text')}
                action={add}
              />
            ) : (
              <ul>
                {scripts.map((one) => (
                  <Item key={one.scriptId} script={one} />
                ))}
              </ul>
            )}
          </Panel>
        );
      }}
    </Loaded>
  );
}

function Item({ script }: { script: CallScript }) {
  const { t, i18n } = useTranslation();
  return (
    <li className={styles.item}>
      <span className={styles.nameLine}>
        <a
          className={styles.name}
          href={toHash('/settings', { section: 'scripts', script: script.scriptId })}
        >
          {script.name}
        </a>
        {script.sample ? <Badge>{t('card.script-sample')}</Badge> : null}
      </span>
      <span className={styles.faint}>
        {[
          languageLabel(script.language, i18n.language),
          script.debtKind,
          t('scripts.sections', { count: script.sections.length }),
          script.campaigns === 0 ? null : t('scripts.campaigns', { count: script.campaigns }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  );
}
