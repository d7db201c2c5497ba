import { useTranslation } from 'react-i18next';
import { KeepingPeriods } from './keeping-periods.tsx';
import { KeepingRuns } from './keeping-runs.tsx';
import { RulesPage } from './rules-page.tsx';

/** How long recordings, messages and the rest are kept: what law says, what the firm chose, what goes and what went. */
export function KeepingPage() {
  const { t } = useTranslation();
  return (
    <RulesPage section="keeping">
      <p>{t('rule-pages.keeping-text')}</p>
      <KeepingPeriods />
      <KeepingRuns />
    </RulesPage>
  );
}
