import { useTranslation } from 'react-i18next';
import { CheckContent } from './check-content.tsx';
import styles from './check-page.module.css';
import { ReadReply } from './read-reply.tsx';
import { RulesPage } from './rules-page.tsx';

/** A text before it goes out, and a reply that came in: what the rules and Dialdesk make of them. */
export function CheckPage() {
  const { t } = useTranslation();
  return (
    <RulesPage section="check">
      <p className={styles.intro}>{t('rule-pages.check-text')}</p>
      <div className={styles.columns}>
        <CheckContent />
        <ReadReply />
      </div>
    </RulesPage>
  );
}
