import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/router.ts';
import { Page, Tabs } from '../../components/index.ts';
import { LookupTab } from '../lookup/index.ts';
import { NumbersTab } from './numbers-tab.tsx';

type View = 'numbers' | 'lookup';

/** The numbers that the firm shows, and what networks say of the numbers that it calls. */
export function NumbersPage() {
  const { t } = useTranslation();
  const [wanted, setWanted] = useQuery('tab', 'numbers');
  const view: View = wanted === 'lookup' ? 'lookup' : 'numbers';
  return (
    <Page title={t('numbers.title')}>
      <Tabs<View>
        fill
        label={t('numbers.title')}
        value={view}
        onChange={setWanted}
        tabs={[
          { value: 'numbers', label: t('numbers.pool'), content: <NumbersTab /> },
          { value: 'lookup', label: t('lookup.title'), content: <LookupTab /> },
        ]}
      />
    </Page>
  );
}
