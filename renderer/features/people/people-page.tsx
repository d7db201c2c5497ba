import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/router.ts';
import { useConnection } from '../../app/services.ts';
import { Page, Tabs } from '../../components/index.ts';
import { AuditList } from './audit-list.tsx';
import { PeopleList } from './people-list.tsx';
import styles from './people-page.module.css';

/** Who may use the application, as what; and, for administrators, what was done with it. */
export function PeoplePage() {
  const { t } = useTranslation();
  const isAdmin = useConnection((view) => view.principal?.role === 'admin');
  const [tab, setTab] = useQuery('tab', 'people');
  return (
    <Page title={t('people.title')}>
      {isAdmin ? (
        <Tabs
          label={t('people.title')}
          value={tab === 'audit' ? 'audit' : 'people'}
          onChange={setTab}
          tabs={[
            {
              value: 'people',
              label: t('people.title'),
              content: (
                <div className={styles.content}>
                  <PeopleList mayEdit />
                </div>
              ),
            },
            {
              value: 'audit',
              label: t('audit.title'),
              content: (
                <div className={styles.content}>
                  <AuditList />
                </div>
              ),
            },
          ]}
        />
      ) : (
        <PeopleList mayEdit={false} />
      )}
    </Page>
  );
}
