import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispositionCode, DispositionNext } from '#shared/contract/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Field, Input, Panel, Select, Switch, toast } from '../../components/index.ts';
import { DurationField } from '../campaigns/duration-field.tsx';
import { Labelled } from '../campaigns/labelled.tsx';
import { codeOf, dispositionName, effects, freeKeys } from './disposition-words.ts';
import styles from './dispositions-section.module.css';

const none = 'none';
const dayMs = 86_400_000;

/** One outcome: its name and key, what it means for the list, and what happens next. */
export function DispositionForm({
  one,
  all,
  onClose,
  onSaved,
}: {
  /** null: a new one */
  one: DispositionCode | null;
  all: readonly DispositionCode[];
  onClose: () => void;
  onSaved: () => void;
}) {
  const { t } = useTranslation();
  const { run, busy } = useCommand('disposition.save');
  const [label, setLabel] = useState(one?.label ?? '');
  const [writtenCode, setCode] = useState<string | null>(null);
  const [key, setKey] = useState(one?.key ?? null);
  const [effect, setEffect] = useState(one?.effect ?? 'retry');
  const [next, setNext] = useState<DispositionNext>(one?.next ?? {});
  const [active, setActive] = useState(one?.active ?? true);
  const [tried, setTried] = useState(false);
  const code = writtenCode ?? codeOf(label);
  const codeWrong = one === null && !/^[a-z][A-Za-z0-9]{1,39}$/.test(code);
  const taken = one === null && all.some((other) => other.code === code);
  const shipped = one === null ? '' : dispositionName({ code: one.code, label: null }, t);
  const labelGap = label.trim() === '' && (one === null || shipped === one.code);
  const submit = async (): Promise<void> => {
    setTried(true);
    if (codeWrong || taken || labelGap) return;
    const saved = await run({
      ...(one ? { dispositionCodeId: one.dispositionCodeId } : { code }),
      label: label.trim() || null,
      key: key as never,
      effect,
      next: kept(next, effect),
      active,
    });
    if (saved === null) return;
    toast('done', t('outcomes.saved'), dispositionName(saved, t));
    onSaved();
  };
  return (
    <Panel title={one ? dispositionName(one, t) : t('outcomes.add')}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field
          label={t('outcomes.label')}
          hint={one && shipped !== one.code ? t('outcomes.label-hint', { name: shipped }) : null}
          error={tried && labelGap ? t('outcomes.gap-label') : null}
        >
          <Input
            maxLength={60}
            value={label}
            placeholder={one && shipped !== one.code ? shipped : ''}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
        </Field>
        {one === null ? (
          <Field
            label={t('outcomes.code')}
            hint={t('outcomes.code-hint')}
            error={
              taken ? t('outcomes.code-taken') : tried && codeWrong ? t('outcomes.gap-code') : null
            }
          >
            <Input
              maxLength={40}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
            />
          </Field>
        ) : null}
        <Field label={t('outcomes.key')} hint={t('outcomes.key-hint')}>
          <Select
            value={key ?? none}
            options={[
              { value: none, label: t('outcomes.no-key') },
              ...freeKeys(all, one?.code ?? null).map((value) => ({ value, label: value })),
            ]}
            onChange={(value) => setKey(value === none ? null : value)}
          />
        </Field>
        <Field label={t('outcomes.effect')} hint={t(`outcomes.effect-text-${effect}`)}>
          <Select
            value={effect}
            options={effects.map((value) => ({ value, label: t(`outcomes.effect-${value}`) }))}
            onChange={setEffect}
          />
        </Field>
        <fieldset className={styles.group}>
          <legend className="visually-hidden">{t('outcomes.next')}</legend>
          {effect === 'retry' ? (
            <>
              <Labelled label={t('outcomes.retry-after')}>
                <DurationField
                  label={t('outcomes.retry-after')}
                  valueMs={next.retryAfterMs ?? dayMs}
                  fallbackMs={dayMs}
                  units={['minute', 'hour', 'day']}
                  onChange={(ms) => ms !== null && setNext({ ...next, retryAfterMs: ms })}
                />
              </Labelled>
              <Switch
                label={t('outcomes.other-number')}
                checked={next.otherNumber === true}
                onChange={(otherNumber) => setNext({ ...next, otherNumber })}
              />
            </>
          ) : null}
          <Switch
            label={t('outcomes.leave-all')}
            hint={t('outcomes.leave-all-hint')}
            checked={next.leavesAllLists === true}
            onChange={(leavesAllLists) => setNext({ ...next, leavesAllLists })}
          />
          <Switch
            label={t('outcomes.note')}
            hint={t('outcomes.note-hint')}
            checked={next.noteRequired === true}
            onChange={(noteRequired) => setNext({ ...next, noteRequired })}
          />
          <Switch
            label={t('outcomes.active')}
            hint={t('outcomes.active-hint')}
            checked={active}
            onChange={setActive}
          />
        </fieldset>
        <div className={styles.actions}>
          <Button type="submit" look="primary" disabled={busy}>
            {t('common.save')}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

/** Only what the effect can do: a delay and another number belong to another try. */
function kept(next: DispositionNext, effect: DispositionCode['effect']): DispositionNext {
  if (effect === 'retry') return next;
  const { retryAfterMs: _, otherNumber: __, ...rest } = next;
  return rest;
}
