import { PhoneMissed } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../app/errors.ts';
import { useQuery } from '../../app/router.ts';
import { useCall } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { EmptyState, ErrorState, Page, Panel, Skeleton, Switch } from '../../components/index.ts';
import { MissedList } from './missed-list.tsx';

/** Who called and reached nobody: a work list, oldest cares last. */
export function MissedPage() {
  const { t } = useTranslation();
  const [all, setAll] = useQuery('all');
  return (
    <Page
      title={t('inbound.title')}
      actions={
        <Switch
          label={t('inbound.show-resolved')}
          checked={all === 'yes'}
          onChange={(checked) => setAll(checked ? 'yes' : '')}
        />
      }
    >
      {all === 'yes' ? <Everything /> : <Open />}
    </Page>
  );
}

function Open() {
  const { t } = useTranslation();
  const missed = useCall((view) => view.missed);
  return (
    <Panel title={t('inbound.open')} flush>
      {missed.length === 0 ? (
        <EmptyState
          icon={<PhoneMissed size={24} aria-hidden="true" />}
          title={t('inbound.empty')}
          text={t('inbound.empty-text')}
        />
      ) : (
        <MissedList items={missed} />
      )}
    </Panel>
  );
}

function Everything() {
  const { t } = useTranslation();
  const open = useCall((view) => view.missed.length);
  const data = useQueryData('call.list-missed', { includeResolved: true });
  if (data.value === null) {
    return data.state === 'failed' ? (
      <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />
    ) : (
      <Skeleton lines={6} />
    );
  }
  return (
    <Panel title={t('inbound.all')} flush>
      <MissedList key={open} items={data.value.items} onResolved={data.reload} />
    </Panel>
  );
}
