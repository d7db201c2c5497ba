import { useTranslation } from 'react-i18next';
import { Field, Select } from '../../components/index.ts';
import type { Whose } from './debtor-scope.ts';
import { FilterBar } from './filter-bar.tsx';
import styles from './scope-fields.module.css';
import type { ChosenScope, NamedScope } from './use-scope-choice.ts';

/** Fields of a form's row: by what debtors are chosen, and which campaign or portfolio it is. */
export function ScopeFields({
  of,
  label,
  ways,
}: {
  of: ChosenScope;
  label: string;
  /** in the order in which they are offered, in the words of the form */
  ways: readonly { value: Whose; label: string }[];
}) {
  const { t } = useTranslation();
  const { choice, change } = of;
  return (
    <>
      <Field label={label}>
        <Select value={choice.whose} options={ways} onChange={(whose) => change({ whose })} />
      </Field>
      {choice.whose === 'campaign' ? (
        <OneOf
          label={t('campaign.one')}
          value={choice.campaignId}
          options={of.campaigns}
          onChange={(campaignId) => change({ campaignId })}
        />
      ) : null}
      {choice.whose === 'portfolio' ? (
        <OneOf
          label={t('campaign.portfolio')}
          value={choice.portfolioId}
          options={of.portfolios}
          onChange={(portfolioId) => change({ portfolioId })}
        />
      ) : null}
    </>
  );
}

function OneOf({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly NamedScope[];
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <Field label={label}>
      <Select
        value={value || null}
        placeholder={t('campaign.choose')}
        options={options}
        onChange={onChange}
      />
    </Field>
  );
}

/** Below that row: the conditions, when debtors are chosen by them. */
export function ScopeConditions({ of: { choice, change } }: { of: ChosenScope }) {
  if (choice.whose !== 'filter') return null;
  return (
    <div className={styles.conditions}>
      <FilterBar leads filter={choice.filter} onChange={(filter) => change({ filter })} />
    </div>
  );
}
