import { CircleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../app/errors.ts';
import { formatMoney } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { Button, toast } from '../../components/index.ts';
import form from './form.module.css';
import styles from './plan.module.css';
import { CustomParts } from './plan-custom-parts.tsx';
import {
  type PlanDraft,
  type PlanPreview,
  planDebts,
  planInput,
  proposePlan,
  rowsOf,
} from './plan-draft.ts';
import { EqualParts } from './plan-equal-parts.tsx';
import { PlanSchedule } from './plan-schedule.tsx';
import { useFormDraft } from './use-form-draft.ts';
import { useSettled } from './use-settled.ts';
import type { Work } from './work-context.ts';

/** Builds a payment plan: equal or single instalments, what the engine makes of them, and what is wrong with it. */
export function PlanSheet({ work }: { work: Work }) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const { card, draftKey, close } = work;
  const now = clock.now();
  const draft = useFormDraft<PlanDraft>(draftKey, 'plan', proposePlan(card, now), card.displayName);
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('plan.create');
  const question = planInput(draft.value, card);
  const settled = useSettled(question.input);
  const preview = useQueryData('plan.preview', settled);
  const debts = planDebts(card);
  const currency = debts[0]?.currency ?? '';
  const shown = question.input === null ? null : preview.value;
  const problems = shown?.problems ?? [];

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (question.input === null || problems.length > 0) return;
    const created = await run(question.input);
    if (created === null) return;
    draft.clear();
    toast('done', t('work.saved-plan'));
    close();
  };
  const chooseMode = (mode: PlanDraft['mode']): void =>
    draft.change({
      mode,
      ...(mode === 'custom' && draft.value.rows.length === 0 && shown
        ? { rows: rowsOf(shown, currency, i18n.language) }
        : {}),
    });

  if (debts.length === 0) return <p className={form.hint}>{t('plan.nothing-open')}</p>;
  return (
    <form
      className={form.form}
      onSubmit={(event) => void submit(event)}
      aria-label={t('work.plan')}
      noValidate
    >
      {debts.length > 1 ? (
        <fieldset className={styles.debts}>
          <legend>{t('plan.debts')}</legend>
          {debts.map((debt) => (
            <Checkbox
              key={debt.debtId}
              label={`${debt.externalRef} · ${formatMoney({ amountMinor: debt.balanceMinor, currency }, i18n.language)}`}
              checked={draft.value.debtIds.includes(debt.debtId)}
              onChange={(checked) =>
                draft.change({
                  debtIds: debts
                    .map((one) => one.debtId as string)
                    .filter((id) =>
                      id === debt.debtId ? checked : draft.value.debtIds.includes(id),
                    ),
                })
              }
            />
          ))}
        </fieldset>
      ) : null}
      <fieldset className={styles.modes} aria-label={t('plan.kind')}>
        {(['equal', 'custom'] as const).map((mode) => (
          <Button key={mode} pressed={draft.value.mode === mode} onClick={() => chooseMode(mode)}>
            {t(`plan.kind-${mode}`)}
          </Button>
        ))}
      </fieldset>
      {draft.value.mode === 'equal' ? (
        <EqualParts
          draft={draft.value}
          currency={currency}
          need={tried ? question.need : null}
          onChange={draft.change}
        />
      ) : (
        <CustomParts
          draft={draft.value}
          currency={currency}
          totalMinor={shown?.owedMinor ?? null}
          problems={problems}
          need={tried ? question.need : null}
          onChange={draft.change}
        />
      )}
      {preview.state === 'failed' && question.input !== null ? (
        <p className={form.error} role="alert">
          <CircleAlert size={14} aria-hidden="true" />
          {errorText(preview.error, t)}
        </p>
      ) : null}
      <Problems problems={problems} />
      {shown ? <PlanSchedule preview={shown} currency={currency} /> : null}
      <div className={form.submit}>
        <Button
          type="submit"
          look="primary"
          wide
          shortcut="Enter"
          disabled={busy}
          aria-disabled={problems.length > 0}
        >
          {t('plan.create')}
        </Button>
        {draft.begun ? (
          <Button look="quiet" onClick={draft.clear}>
            {t('work.start-over')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

/** What the engine says against it, each in a sentence; a change of it is read aloud. */
function Problems({ problems }: { problems: PlanPreview['problems'] }) {
  const { t } = useTranslation();
  const said = [...new Set(problems.map(({ problem }) => problem))];
  return (
    <div role="status" className={styles.problems}>
      {said.map((problem) => {
        const positions = problems
          .filter((one) => one.problem === problem)
          .flatMap(({ position }) => (position === null ? [] : [position + 1]));
        return (
          <p key={problem} className={form.error}>
            <CircleAlert size={14} aria-hidden="true" />
            <span>
              {t(`plan.problem-${problem}`)}
              {positions.length > 0
                ? ` ${t('plan.problem-at', { positions: positions.join(', ') })}`
                : ''}
            </span>
          </p>
        );
      })}
    </div>
  );
}
