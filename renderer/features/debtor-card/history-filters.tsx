import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import type { Direction } from '#shared/domain/index.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { Field, Input, Select } from '../../components/index.ts';
import styles from './history.module.css';
import type { HistoryFilter } from './history-filter.ts';

/** What the history can be narrowed to beside channel and words. Only people and campaigns that occur are offered. */
export function HistoryFilters({
  card,
  filter,
  onChange,
}: {
  card: DebtorCard;
  filter: HistoryFilter;
  onChange: (part: Partial<HistoryFilter>) => void;
}) {
  const { t } = useTranslation();
  const facets = useQueryData('debtor.history-facets', { debtorId: card.debtorId }).value;
  const anyone = { value: '', label: t('history.anyone') };
  const anyCampaign = { value: '', label: t('history.any-campaign') };
  return (
    <div className={styles.filters}>
      <Field label={t('history.direction')}>
        <Select<Direction | ''>
          value={filter.direction}
          onChange={(direction) => onChange({ direction })}
          options={[
            { value: '', label: t('history.both-directions') },
            { value: 'in', label: t('history.direction-in') },
            { value: 'out', label: t('history.direction-out') },
          ]}
        />
      </Field>
      <Field label={t('history.who')}>
        <Select<string>
          value={filter.personId}
          onChange={(personId) => onChange({ personId })}
          options={[
            anyone,
            ...(facets?.people ?? []).map(({ personId, name }) => ({
              value: personId,
              label: name,
            })),
          ]}
        />
      </Field>
      <Field label={t('history.campaign')} className={styles.wideFilter}>
        <Select<string>
          value={filter.campaignId}
          onChange={(campaignId) => onChange({ campaignId })}
          options={[
            anyCampaign,
            ...(facets?.campaigns ?? []).map(({ campaignId, name }) => ({
              value: campaignId,
              label: name,
            })),
          ]}
        />
      </Field>
      <Field label={t('history.from')}>
        <Input
          type="date"
          value={filter.from}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
      </Field>
      <Field label={t('history.to')}>
        <Input
          type="date"
          value={filter.to}
          onChange={(event) => onChange({ to: event.currentTarget.value })}
        />
      </Field>
      <div className={styles.wideFilter}>
        <Checkbox
          label={t('history.with-recording')}
          checked={filter.withRecording}
          onChange={(withRecording) => onChange({ withRecording })}
        />
      </div>
    </div>
  );
}
