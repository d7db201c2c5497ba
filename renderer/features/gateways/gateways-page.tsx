import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/router.ts';
import { Page, Tabs } from '../../components/index.ts';
import styles from './gateways-page.module.css';
import { GatewaysTab } from './gateways-tab.tsx';
import { MessageSettingsTab } from './message-settings-tab.tsx';

type View = 'gateways' | 'settings';

/** What carries messages to debtors and back, and what holds for all of them. */
export function GatewaysPage() {
  const { t } = useTranslation();
  const [wanted, setWanted] = useQuery('tab', 'gateways');
  const view: View = wanted === 'settings' ? 'settings' : 'gateways';
  return (
    <Page title={t('gateways.title')}>
      <Tabs<View>
        label={t('gateways.title')}
        value={view}
        onChange={setWanted}
        tabs={[
          {
            value: 'gateways',
            label: t('gateways.list'),
            content: (
              <div className={styles.view}>
                <GatewaysTab />
              </div>
            ),
          },
          {
            value: 'settings',
            label: t('gateways.settings'),
            content: (
              <div className={styles.view}>
                <MessageSettingsTab />
              </div>
            ),
          },
        ]}
      />
    </Page>
  );
}
