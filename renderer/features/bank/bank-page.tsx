import { Upload } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.ts';
import { navigate, toHash, useQuery } from '../../app/router.ts';
import { Page, Tabs } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { BankEntries } from './bank-entries.tsx';
import { BankQueue } from './bank-queue.tsx';

/** Money that came in: what waits for a person, and everything that was dealt with. */
export function BankPage() {
  const { t } = useTranslation();
  const [tab, setTab] = useQuery('tab', 'queue');
  useCommands(
    useMemo(
      () => [
        {
          id: 'import-statement',
          label: t('bank.import'),
          run: () => navigate('/import', { kind: 'bankStatement' }),
        },
      ],
      [t],
    ),
  );
  return (
    <Page
      title={t('bank.title')}
      actions={
        <LinkButton
          look="primary"
          href={toHash('/import', { kind: 'bankStatement' })}
          icon={<Upload size={14} aria-hidden="true" />}
        >
          {t('bank.import')}
        </LinkButton>
      }
    >
      <Tabs
        fill
        label={t('bank.title')}
        value={tab === 'entries' ? 'entries' : 'queue'}
        onChange={setTab}
        tabs={[
          { value: 'queue' as const, label: t('bank.queue'), content: <BankQueue /> },
          { value: 'entries' as const, label: t('bank.entries'), content: <BankEntries /> },
        ]}
      />
    </Page>
  );
}
