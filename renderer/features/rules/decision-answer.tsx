import { useTranslation } from 'react-i18next';
import type { DecisionRow } from '#shared/contract/index.ts';
import { StatusDot } from '../../components/index.ts';

/** Yes, no, or yes by a supervisor's word. */
export function DecisionAnswer({
  row,
}: {
  row: Pick<DecisionRow, 'allowed' | 'overriddenByName' | 'overrideReason'>;
}) {
  const { t } = useTranslation();
  if (row.overriddenByName !== null || row.overrideReason !== null) {
    return <StatusDot tone="wait" label={t('rule-pages.answer-overridden')} />;
  }
  return row.allowed ? (
    <StatusDot tone="talk" label={t('rule-pages.answer-allowed')} />
  ) : (
    <StatusDot tone="stop" label={t('rule-pages.answer-refused')} />
  );
}
