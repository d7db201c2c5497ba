import { Plus, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { parsePhone } from '../../app/format/index.ts';
import { FormSection } from '../../components/form-section.tsx';
import { Button, Field, IconButton, Input } from '../../components/index.ts';
import styles from './caller-ids-editor.module.css';
import { isE164, type TrunkForm, type TrunkFormGap } from './trunk-form.ts';

/** The numbers that this trunk may show. National numbers are completed when the field is left. */
export function CallerIdsEditor({
  form,
  onChange,
  gaps,
}: {
  form: TrunkForm;
  onChange: (form: TrunkForm) => void;
  gaps: readonly TrunkFormGap[];
}) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const added = useRef(false);
  const { callerIds } = form;
  useEffect(() => {
    if (!added.current) return;
    added.current = false;
    list.current?.querySelector<HTMLInputElement>('li:last-of-type input')?.focus();
  });
  const replace = (index: number, part: Partial<(typeof callerIds)[number]>): void =>
    onChange({
      ...form,
      callerIds: callerIds.map((one, at) => (at === index ? { ...one, ...part } : one)),
    });
  const complete = (index: number, text: string): void => {
    const number = parsePhone(text, form.settings.country);
    if (number !== null) replace(index, { e164: number });
  };
  const errorOf = (e164: string, index: number): string | null => {
    if (gaps.includes('callerIds') && !isE164(e164)) return t('trunk.gap-caller-id');
    const repeated = callerIds.findIndex((one) => one.e164 === e164) < index;
    return gaps.includes('sameCallerId') && repeated ? t('trunk.gap-same-caller-id') : null;
  };
  return (
    <FormSection title={t('trunk.caller-ids')} text={t('trunk.caller-ids-text')}>
      {callerIds.length === 0 ? <p className={styles.none}>{t('trunk.caller-ids-none')}</p> : null}
      <ul ref={list} className={styles.list}>
        {callerIds.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place while its number is typed
          <li key={index} className={styles.row}>
            <Field label={t('trunk.caller-id')} error={errorOf(one.e164, index)}>
              <Input
                inputMode="tel"
                autoComplete="off"
                placeholder="+48 22 123 45 67"
                value={one.e164}
                onChange={(event) =>
                  replace(index, { e164: event.currentTarget.value.replace(/[\s()-]/g, '') })
                }
                onBlur={(event) => complete(index, event.currentTarget.value)}
              />
            </Field>
            <Field label={t('trunk.caller-id-label')}>
              <Input
                maxLength={80}
                value={one.label}
                onChange={(event) => replace(index, { label: event.currentTarget.value })}
              />
            </Field>
            <IconButton
              className={styles.remove}
              label={t('trunk.remove-number', { number: one.e164 || String(index + 1) })}
              icon={<X size={14} aria-hidden="true" />}
              onClick={() =>
                onChange({ ...form, callerIds: callerIds.filter((_, at) => at !== index) })
              }
            />
          </li>
        ))}
      </ul>
      <div>
        <Button
          icon={<Plus size={14} aria-hidden="true" />}
          onClick={() => {
            added.current = true;
            onChange({ ...form, callerIds: [...callerIds, { e164: '', label: '' }] });
          }}
        >
          {t('trunk.add-number')}
        </Button>
      </div>
    </FormSection>
  );
}
