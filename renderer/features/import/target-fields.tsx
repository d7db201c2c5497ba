import { useTranslation } from 'react-i18next';
import {
  type ImportKind,
  importMergeKey,
  type PriorContact,
  priorContact,
} from '#shared/contract/index.ts';
import { useConnection } from '../../app/services.ts';
import { Field, Input, Select, Switch } from '../../components/index.ts';
import styles from './commit-form.module.css';
import type { ImportTarget, TargetProblem } from './import-target.ts';

interface Portfolio {
  portfolioId: string;
  name: string;
}

/** an empty value would be shown as if nothing were chosen */
const none = 'none';

/** Where the records of a file of this kind can go. */
export function TargetFields({
  kind,
  target,
  portfolios,
  problem,
  onChange,
}: {
  kind: ImportKind;
  target: ImportTarget;
  portfolios: readonly Portfolio[];
  problem: TargetProblem | null;
  onChange: (target: ImportTarget) => void;
}) {
  const { t } = useTranslation();
  const change = (part: Partial<ImportTarget>): void => onChange({ ...target, ...part });
  if (kind === 'doNotCall') {
    return (
      <>
        <Field
          label={t('import.list-name')}
          className={styles.field}
          error={problem === 'list' ? t('import.need-list') : null}
        >
          <Input
            maxLength={120}
            value={target.listName}
            onChange={(event) => change({ listName: event.currentTarget.value })}
          />
        </Field>
        <div className={styles.switch}>
          <Switch
            label={t('import.replace-list')}
            hint={t('import.replace-list-hint')}
            checked={target.replaceList}
            onChange={(replaceList) => change({ replaceList })}
          />
        </div>
      </>
    );
  }
  if (kind !== 'portfolio') {
    return (
      <Field
        label={t('campaign.portfolio')}
        className={styles.field}
        error={problem === 'portfolio' ? t('import.need-portfolio') : null}
        hint={kind === 'agencyHistory' ? null : t('import.all-portfolios-hint')}
      >
        <Select
          value={target.portfolioId || (kind === 'agencyHistory' ? null : none)}
          placeholder={t('import.choose-portfolio')}
          onChange={(portfolioId) =>
            change({ portfolioId: portfolioId === none ? '' : portfolioId })
          }
          options={[
            ...(kind === 'agencyHistory' ? [] : [{ value: none, label: t('portfolio.all') }]),
            ...portfolios.map((one) => ({ value: one.portfolioId, label: one.name })),
          ]}
        />
      </Field>
    );
  }
  const chosen = portfolios.some((one) => one.portfolioId === target.portfolioId);
  return (
    <>
      {portfolios.length > 0 ? (
        <Field label={t('campaign.portfolio')} className={styles.field}>
          <Select
            value={target.portfolioId || none}
            onChange={(portfolioId) =>
              change({ portfolioId: portfolioId === none ? '' : portfolioId })
            }
            options={[
              { value: none, label: t('import.target-new') },
              ...portfolios.map((one) => ({
                value: one.portfolioId,
                label: t('import.target-update', { name: one.name }),
              })),
            ]}
          />
        </Field>
      ) : null}
      {chosen ? null : (
        <>
          <Field
            label={t('import.portfolio-name')}
            className={styles.field}
            error={problem === 'name' ? t('import.need-name') : null}
          >
            <Input
              maxLength={120}
              value={target.portfolioName}
              onChange={(event) => change({ portfolioName: event.currentTarget.value })}
            />
          </Field>
          <PriorContactField
            value={target.priorContact}
            onChange={(priorContact) => change({ priorContact })}
          />
        </>
      )}
      <Field label={t('import.creditor')} className={styles.field}>
        <Input
          maxLength={200}
          placeholder={t('import.creditor-placeholder')}
          value={target.creditorName}
          onChange={(event) => change({ creditorName: event.currentTarget.value })}
        />
      </Field>
      <Field label={t('import.merge-by')} className={styles.field}>
        <Select
          value={target.mergeBy}
          onChange={(mergeBy) => change({ mergeBy })}
          options={importMergeKey.options.map((value) => ({
            value,
            label: t(`import.merge-${value}`),
          }))}
        />
      </Field>
    </>
  );
}

/** Asked once, for a portfolio that is new: contacts before us count in limits too. */
function PriorContactField({
  value,
  onChange,
}: {
  value: PriorContact | null;
  onChange: (value: PriorContact) => void;
}) {
  const { t } = useTranslation();
  // what the engine takes when nothing is said: made-up debtors were called by nobody
  const practice = useConnection(
    ({ state }) => state.kind === 'connected' && state.storeKind === 'practice',
  );
  const shown = value ?? (practice ? 'none' : 'unknown');
  return (
    <Field
      label={t('prior-contact.question')}
      hint={t(`prior-contact.hint-${shown}`)}
      className={styles.field}
    >
      <Select
        value={shown}
        onChange={onChange}
        options={priorContact.options.map((one) => ({
          value: one,
          label: t(`prior-contact.${one}`),
        }))}
      />
    </Field>
  );
}
