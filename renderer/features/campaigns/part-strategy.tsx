import { useTranslation } from 'react-i18next';
import type { ListStrategy } from '#shared/contract/index.ts';
import { Switch } from '../../components/index.ts';
import { FilterBar } from '../portfolio/filter-bar.tsx';
import type { PartProps } from './part-props.ts';
import styles from './part-strategy.module.css';
import { StrategyPeriods } from './strategy-periods.tsx';
import { StrategyPreview } from './strategy-preview.tsx';
import { StrategyPriorities } from './strategy-priorities.tsx';
import { WeightSliders } from './weight-sliders.tsx';
import { WideSection } from './wide-section.tsx';

/** Who is called and in what order, with the order itself at the side while it is made. */
export function StrategyPart({ form, set, tried }: PartProps) {
  const { t } = useTranslation();
  const { strategy } = form.settings;
  const change = (part: Partial<ListStrategy>): void => set({ strategy: { ...strategy, ...part } });
  return (
    <div className={styles.columns}>
      <div className={styles.editor}>
        <WideSection title={t('strategy.filter')} text={t('strategy.filter-text')}>
          <div className={styles.chips}>
            {Object.keys(strategy.filter).length === 0 ? (
              <span className={styles.everybody}>{t('strategy.everybody')}</span>
            ) : null}
            <FilterBar leads filter={strategy.filter} onChange={(filter) => change({ filter })} />
          </div>
        </WideSection>
        <WideSection title={t('strategy.priorities')} text={t('strategy.priorities-text')}>
          <StrategyPriorities
            priorities={strategy.priorities}
            tried={tried}
            onChange={(priorities) => change({ priorities })}
          />
        </WideSection>
        <WideSection title={t('strategy.weights')} text={t('strategy.weights-text')}>
          <WeightSliders
            label={t('strategy.weights')}
            weights={strategy.weights}
            onChange={(weights) => change({ weights })}
          />
        </WideSection>
        <WideSection title={t('strategy.periods')} text={t('strategy.periods-text')}>
          <StrategyPeriods
            periods={strategy.periods}
            tried={tried}
            onChange={(periods) => change({ periods })}
          />
        </WideSection>
        <WideSection title={t('strategy.first')}>
          <Switch
            label={t('strategy.retries-first')}
            hint={t('strategy.retries-first-hint')}
            checked={strategy.retriesFirst}
            onChange={(retriesFirst) => change({ retriesFirst })}
          />
          <Switch
            label={t('strategy.reachable-first')}
            hint={t('strategy.reachable-first-hint')}
            checked={strategy.reachableAgainFirst}
            onChange={(reachableAgainFirst) => change({ reachableAgainFirst })}
          />
        </WideSection>
      </div>
      <StrategyPreview portfolioId={form.portfolioId} strategy={strategy} />
    </div>
  );
}
