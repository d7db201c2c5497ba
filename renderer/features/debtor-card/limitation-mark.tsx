import { Scale } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Debt } from '#shared/contract/index.ts';
import { Badge, DateOnly } from '../../components/index.ts';

/** A debt that cannot be claimed in court any more, or soon cannot. Nothing while that day is far. */
export function LimitationMark({ debt }: { debt: Debt }) {
  const { t } = useTranslation();
  const { state, on, daysLeft } = debt.limitation;
  if (state !== 'soon' && state !== 'passed') return null;
  return (
    <Badge tone={state === 'passed' ? 'stop' : 'wait'}>
      <Scale size={12} aria-hidden="true" />
      {state === 'passed' ? t('limitation.passed') : t('limitation.soon', { count: daysLeft ?? 0 })}
      {on === null ? null : <DateOnly date={on} />}
    </Badge>
  );
}
