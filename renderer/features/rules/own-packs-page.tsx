import { PenLine, Plus } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnPackRow } from '#shared/contract/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { navigate, toHash } from '../../app/router.ts';
import { useConnection, useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  Field,
  Input,
  Panel,
  SideSheet,
  StatusDot,
  type Tone,
  When,
} from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { Loaded } from './loaded.tsx';
import styles from './packs-page.module.css';
import sheet from './review-sheet.module.css';
import { RulesPage } from './rules-page.tsx';
import { useRulesQuery } from './use-rules-query.ts';

export const ownTones: Record<OwnPackRow['state'], Tone> = {
  draft: 'wait',
  inForce: 'talk',
  replaced: 'neutral',
  retired: 'neutral',
};

/** The firm's own rules in all their versions: the one in force, the draft of the next, and those that were. */
export function OwnPacksPage() {
  const { t } = useTranslation();
  const admin = useConnection((view) => view.principal?.role === 'admin');
  const data = useRulesQuery('rules.list-own-packs', {});
  const { client } = useServices();
  const { reload } = data;
  const [naming, setNaming] = useState(false);
  const columns = useOwnPackColumns();
  const ask = (): void => setNaming(true);
  useKeys({ N: ask }, admin);
  // drafts change without a change of what is in force
  useEffect(() => client.onResync(reload), [client, reload]);
  const create = admin ? (
    <Button look="primary" shortcut="N" icon={<Plus size={14} aria-hidden="true" />} onClick={ask}>
      {t('rule-own.new')}
    </Button>
  ) : null;
  return (
    <RulesPage section="own" actions={create} fill>
      <Notice tone="neutral" title={t('rule-own.never-edited')}>
        {t('rule-own.never-edited-text')}
      </Notice>
      <Loaded data={data} lines={8}>
        {({ packs }) => (
          <Panel title={t('rule-pages.own')} hideTitle flush className={styles.panel}>
            <DataTable
              id="own-rule-packs"
              label={t('rule-pages.own')}
              columns={columns}
              rows={packs}
              rowId={(pack) => pack.ownPackId}
              onOpen={(pack) => navigate(`/rules/own/${pack.ownPackId}`)}
              empty={
                <EmptyState
                  icon={<PenLine size={24} aria-hidden="true" />}
                  title={t('rule-own.none')}
                  text={t('rule-own.none-text')}
                />
              }
            />
          </Panel>
        )}
      </Loaded>
      <SideSheet
        open={naming}
        onClose={() => setNaming(false)}
        title={t('rule-own.new')}
        focusFirst
      >
        <NewPack />
      </SideSheet>
    </RulesPage>
  );
}

function NewPack() {
  const { t } = useTranslation();
  const [title, setTitle] = useState('');
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('rules.start-draft');
  const start = async (): Promise<void> => {
    setTried(true);
    if (title.trim() === '' || busy) return;
    const started = await run({ title: title.trim() });
    if (started) navigate(`/rules/own/${started.row.ownPackId}`);
  };
  return (
    <form
      className={sheet.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <Field
        label={t('rule-own.title')}
        hint={t('rule-own.title-hint')}
        error={tried && title.trim() === '' ? t('rule-own.need-title') : null}
      >
        <Input
          data-first
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
      </Field>
      <Button type="submit" look="primary" disabled={busy}>
        {t('rule-own.begin')}
      </Button>
    </form>
  );
}

function useOwnPackColumns(): Column<OwnPackRow>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'title',
        header: t('rule-pages.pack'),
        width: 250,
        value: (pack) => pack.title,
        cell: (pack) => (
          <a className={styles.link} href={toHash(`/rules/own/${pack.ownPackId}`)} tabIndex={-1}>
            {pack.title}
          </a>
        ),
      },
      {
        id: 'state',
        header: t('rule-pages.status'),
        width: 170,
        value: (pack) => pack.state,
        cell: (pack) => (
          <StatusDot tone={ownTones[pack.state]} label={t(`rule-own.state-${pack.state}`)} />
        ),
      },
      {
        id: 'version',
        header: t('rule-pages.version'),
        width: 100,
        align: 'end',
        value: (pack) => pack.version,
        cell: (pack) => pack.version,
      },
      {
        id: 'rules',
        header: t('rule-pages.rules'),
        width: 90,
        align: 'end',
        value: (pack) => pack.rules,
        cell: (pack) => pack.rules,
      },
      {
        id: 'published',
        header: t('rule-own.published'),
        width: 210,
        value: (pack) => pack.publishedAt,
        cell: (pack) =>
          pack.publishedAt === null ? (
            '–'
          ) : (
            <>
              {pack.publishedByName ? `${pack.publishedByName} · ` : ''}
              <When at={pack.publishedAt} />
            </>
          ),
      },
      {
        id: 'ended',
        header: t('rule-own.ended'),
        width: 120,
        hiddenByDefault: true,
        value: (pack) => pack.endedAt,
        cell: (pack) => (pack.endedAt === null ? '–' : <When at={pack.endedAt} />),
      },
      {
        id: 'used',
        header: t('rule-own.used'),
        width: 150,
        value: (pack) => (pack.used ? 1 : 0),
        cell: (pack) => t(pack.used ? 'rule-own.used-yes' : 'rule-own.used-no'),
      },
      {
        id: 'updated',
        header: t('rule-own.updated'),
        width: 130,
        value: (pack) => pack.updatedAt,
        cell: (pack) => <When at={pack.updatedAt} />,
      },
    ],
    [t],
  );
}
