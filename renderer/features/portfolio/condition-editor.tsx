import { useTranslation } from 'react-i18next';
import {
  ageBand,
  type CommandOutput,
  debtorStatus,
  type ListFilter,
  planState,
  promiseState,
} from '#shared/contract/index.ts';
import { languageLabel } from '../../app/format/names.ts';
import { Field, NumberField, Select } from '../../components/index.ts';
import { AmountRange } from './amount-range.tsx';
import { ChoiceList } from './choice-list.tsx';
import styles from './condition-editor.module.css';
import { flagText, lawText } from './condition-text.ts';
import { type Condition, withCondition } from './conditions.ts';
import { ContactCondition, DateField } from './contact-condition.tsx';
import { ImportChoice } from './import-choice.tsx';

export type Choices = CommandOutput<'list.choices'>;

interface EditorProps {
  filter: ListFilter;
  choices: Choices | null;
  onChange: (filter: ListFilter) => void;
}

/** The fields of one condition. Every change holds at once: the list behind follows. */
export function ConditionEditor({ condition, ...props }: EditorProps & { condition: Condition }) {
  const { t, i18n } = useTranslation();
  const { filter, choices, onChange } = props;
  const set = <Name extends keyof ListFilter>(name: Name, value: ListFilter[Name]): void =>
    onChange(withCondition(filter, name, value));
  switch (condition) {
    case 'age':
      return <AgeCondition {...props} />;
    case 'amount':
      return <AmountRange {...props} />;
    case 'lastContact':
      return <ContactCondition {...props} />;
    case 'nextActionBefore':
      return (
        <DateField
          label={t('filter.planned-before')}
          value={filter.nextActionBefore}
          onChange={(at) => set('nextActionBefore', at)}
        />
      );
    case 'statuses':
      return (
        <ChoiceList
          options={debtorStatus.options.map((value) => ({
            value,
            label: t(`filter.status-${value}`),
          }))}
          chosen={filter.statuses ?? []}
          onChange={(values) => set('statuses', values)}
        />
      );
    case 'promises':
      return (
        <ChoiceList
          options={promiseState.options.map((value) => ({
            value,
            label: t(`filter.promise-${value}`),
          }))}
          chosen={filter.promises ?? []}
          onChange={(values) => set('promises', values)}
        />
      );
    case 'plans':
      return (
        <ChoiceList
          options={planState.options.map((value) => ({ value, label: t(`filter.plan-${value}`) }))}
          chosen={filter.plans ?? []}
          onChange={(values) => set('plans', values)}
        />
      );
    case 'flagsAnyOf':
    case 'flagsNoneOf':
      return (
        <ChoiceList
          options={(choices?.flags ?? []).map((value) => ({ value, label: flagText(value, t) }))}
          chosen={filter[condition] ?? []}
          onChange={(values) => set(condition, values)}
        />
      );
    case 'languages':
      return (
        <ChoiceList
          options={(choices?.languages ?? []).map((value) => ({
            value,
            label: languageLabel(value, i18n.language),
          }))}
          chosen={filter.languages ?? []}
          onChange={(values) => set('languages', values)}
        />
      );
    case 'jurisdictions':
      return (
        <ChoiceList
          options={(choices?.jurisdictions ?? []).map((value) => ({
            value,
            label: lawText(value, i18n.language),
          }))}
          chosen={filter.jurisdictions ?? []}
          onChange={(values) => set('jurisdictions', values)}
        />
      );
    case 'cities':
      return (
        <ChoiceList
          options={(choices?.cities ?? []).map((value) => ({ value, label: value }))}
          chosen={filter.cities ?? []}
          onChange={(values) => set('cities', values)}
          addable
        />
      );
    case 'kind':
      return (
        <Select
          label={t('filter.kind')}
          value={filter.kind ?? null}
          placeholder={t('filter.choose')}
          options={(['person', 'company'] as const).map((value) => ({
            value,
            label: t(`filter.kind-${value}`),
          }))}
          onChange={(value) => set('kind', value)}
        />
      );
    case 'hasPhone':
    case 'writeOffProposed':
      return (
        <Select
          label={t(`filter.${condition}`)}
          value={filter[condition] === undefined ? null : filter[condition] ? 'yes' : 'no'}
          placeholder={t('filter.choose')}
          options={(['yes', 'no'] as const).map((value) => ({
            value,
            label: t(`filter.${value}`),
          }))}
          onChange={(value) => set(condition, value === 'yes')}
        />
      );
    case 'importJobIds':
      return (
        <ImportChoice
          chosen={filter.importJobIds ?? []}
          onChange={(values) => set('importJobIds', values)}
        />
      );
  }
}

function AgeCondition({ filter, onChange }: EditorProps) {
  const { t } = useTranslation();
  const age = filter.age ?? {};
  const set = (part: NonNullable<ListFilter['age']>): void =>
    onChange(withCondition(filter, 'age', { ...age, ...part }));
  return (
    <>
      <ChoiceList
        options={ageBand.options.map((value) => ({ value, label: t(`filter.age-${value}`) }))}
        chosen={age.bands ?? []}
        onChange={(bands) => set({ bands })}
      />
      <div className={styles.pair}>
        <Field label={t('filter.from-days')}>
          <NumberField
            min={0}
            max={100_000}
            value={age.fromDays ?? null}
            onChange={(value) => set({ fromDays: value ?? undefined } as typeof age)}
          />
        </Field>
        <Field label={t('filter.to-days')}>
          <NumberField
            min={0}
            max={100_000}
            value={age.toDays ?? null}
            onChange={(value) => set({ toDays: value ?? undefined } as typeof age)}
          />
        </Field>
      </div>
    </>
  );
}
