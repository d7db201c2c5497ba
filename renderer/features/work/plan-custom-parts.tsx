import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../app/services.ts';
import { Button, IconButton, Input } from '../../components/index.ts';
import form from './form.module.css';
import styles from './plan.module.css';
import {
  type PlanDraft,
  type PlanNeed,
  type PlanPreview,
  type PlanRow,
  withNextRow,
  withRestInLast,
} from './plan-draft.ts';

/** Each instalment by itself. */
export function CustomParts({
  draft,
  currency,
  totalMinor,
  problems,
  need,
  onChange,
}: {
  draft: PlanDraft;
  currency: string;
  /** what they have to add up to, once the engine has said it */
  totalMinor: number | null;
  problems: PlanPreview['problems'];
  need: PlanNeed | null;
  onChange: (part: Partial<PlanDraft>) => void;
}) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const { rows } = draft;
  const wrong = new Set(problems.flatMap(({ position }) => (position === null ? [] : [position])));
  const changeRow = (index: number, part: Partial<PlanRow>): void =>
    onChange({ rows: rows.map((row, at) => (at === index ? { ...row, ...part } : row)) });
  return (
    <div className={styles.custom}>
      <ol className={styles.rows}>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an instalment is its place in the plan
          <li key={index} data-wrong={wrong.has(index)}>
            <span className={styles.position}>{index + 1}.</span>
            <Input
              type="date"
              aria-label={t('plan.due-of', { position: index + 1 })}
              value={row.dueOn}
              onChange={(event) => changeRow(index, { dueOn: event.currentTarget.value })}
            />
            <Input
              data-first={index === 0 ? true : undefined}
              inputMode="decimal"
              autoComplete="off"
              className={form.amount ?? ''}
              aria-label={t('plan.amount-of', { position: index + 1, currency })}
              value={row.amount}
              onChange={(event) => changeRow(index, { amount: event.currentTarget.value })}
            />
            <IconButton
              label={t('plan.remove', { position: index + 1 })}
              icon={<Trash2 size={14} aria-hidden="true" />}
              onClick={() => onChange({ rows: rows.filter((_, at) => at !== index) })}
            />
          </li>
        ))}
      </ol>
      {need === 'rows' ? (
        <p className={form.error} role="alert">
          {t('plan.need-rows')}
        </p>
      ) : null}
      <div className={form.quick}>
        <Button
          icon={<Plus size={12} aria-hidden="true" />}
          onClick={() => onChange({ rows: withNextRow(rows, clock.now()) })}
        >
          {t('plan.add')}
        </Button>
        {totalMinor !== null && rows.length > 1 ? (
          <Button
            onClick={() =>
              onChange({ rows: withRestInLast(rows, totalMinor, currency, i18n.language) })
            }
          >
            {t('plan.rest-in-last')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
