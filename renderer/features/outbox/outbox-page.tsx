import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/router.ts';
import { Page, Tabs } from '../../components/index.ts';
import { ManyTab } from './many-tab.tsx';
import { MessagesTab } from './messages-tab.tsx';

type View = 'messages' | 'many';

/** What leaves the house: single messages and their fate, and one message to many debtors. */
export function OutboxPage() {
  const { t } = useTranslation();
  const [wanted, setWanted] = useQuery('tab', 'messages');
  const view: View = wanted === 'many' ? 'many' : 'messages';
  return (
    <Page title={t('outbox.title')}>
      <Tabs<View>
        fill={view === 'messages'}
        label={t('outbox.title')}
        value={view}
        onChange={setWanted}
        tabs={[
          { value: 'messages', label: t('outbox.messages'), content: <MessagesTab /> },
          { value: 'many', label: t('outbox.many'), content: <ManyTab /> },
        ]}
      />
    </Page>
  );
}
