import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandInput } from '#shared/contract/index.ts';
import { weekdays } from '#shared/contract/index.ts';
import type { PersonalBlockId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { formatPhone } from '../../app/format/index.ts';
import { usePreference } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { Button, Field, Input, Kbd, Select, toast } from '../../components/index.ts';
import { weekdayName } from '../debtor-card/hours-text.ts';
import {
  type BlockDraft,
  blockNeed,
  blockPresets,
  blocksOf,
  emptyBlock,
  type Weekday,
} from './block-draft.ts';
import { blockText } from './block-text.ts';
import styles from './flag-sheet.module.css';
import form from './form.module.css';
import { useFormDraft } from './use-form-draft.ts';
import { useSheetKeys } from './use-sheet-keys.ts';
import type { Work } from './work-context.ts';

/** "Not then, not there": by one key what people say most, or days and hours. It holds at once. */
export function BlockSheet({
  work,
  contactPointId,
}: {
  work: Work;
  contactPointId?: string | undefined;
}) {
  const { t, i18n } = useTranslation();
  const { card, close } = work;
  const [singleKeys] = usePreference('singleKeys', true);
  const add = useCommand('contact.add-block');
  const lift = useCommand('contact.lift-block');
  const presets = blockPresets(card, contactPointId ?? null);
  const point = card.contactPoints.find((one) => one.contactPointId === contactPointId);

  const save = async (blocks: readonly CommandInput<'contact.add-block'>[]): Promise<boolean> => {
    const made: PersonalBlockId[] = [];
    for (const block of blocks) {
      const answer = await add.run(block);
      if (answer === null) return false;
      made.push(answer.personalBlockId);
    }
    const [first] = blocks;
    const said = first ? t('wish.not', { when: blockText(first, t, i18n.language) }) : '';
    announce(said);
    toast('done', said, t('flag.effective'), [
      {
        label: t('flag.undo'),
        run: () => {
          for (const personalBlockId of made) void lift.run({ personalBlockId });
        },
      },
    ]);
    return true;
  };
  const choose = (block: (typeof presets)[number]['block']): void => {
    close();
    void save([{ ...block, debtorId: card.debtorId }]);
  };
  useSheetKeys(
    Object.fromEntries(presets.map(({ key, block }) => [key, () => choose(block)] as const)),
  );
  return (
    <div className={styles.sheet}>
      <fieldset className={styles.kinds}>
        <legend className={styles.legend}>
          {point ? t('wish.one-key-for', { value: formatPhone(point.value) }) : t('wish.one-key')}
        </legend>
        {presets.map(({ id, key, block }) => (
          <button
            key={id}
            type="button"
            className={styles.choice}
            aria-keyshortcuts={singleKeys ? key : undefined}
            onClick={() => choose(block)}
          >
            {singleKeys ? <Kbd binding={key} /> : <span />}
            <span className={styles.words}>{t(`wish.preset-${id}`)}</span>
          </button>
        ))}
      </fieldset>
      <OwnHours work={work} contactPointId={contactPointId ?? ''} onSave={save} busy={add.busy} />
    </div>
  );
}

function OwnHours({
  work,
  contactPointId,
  busy,
  onSave,
}: {
  work: Work;
  contactPointId: string;
  busy: boolean;
  onSave: (blocks: readonly CommandInput<'contact.add-block'>[]) => Promise<boolean>;
}) {
  const { t, i18n } = useTranslation();
  const { card, draftKey, close } = work;
  const draft = useFormDraft<BlockDraft>(
    draftKey,
    'block',
    { ...emptyBlock, contactPointId },
    card.displayName,
  );
  const [tried, setTried] = useState(false);
  const { value, change } = draft;
  const need = blockNeed(value);
  const toggle = (day: Weekday): void =>
    change({
      days: value.days.includes(day)
        ? value.days.filter((one) => one !== day)
        : [...value.days, day],
    });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (need !== null || busy) return;
    if (!(await onSave(blocksOf(card.debtorId, value)))) return;
    draft.clear();
    close();
  };
  return (
    <form
      className={form.form}
      onSubmit={(event) => void submit(event)}
      aria-label={t('wish.own-hours')}
      noValidate
    >
      <fieldset className={form.group}>
        <legend>{t('wish.own-hours')}</legend>
        <div className={form.quick}>
          {weekdays.map((day) => (
            <Button key={day} pressed={value.days.includes(day)} onClick={() => toggle(day)}>
              {weekdayName(day, i18n.language)}
            </Button>
          ))}
        </div>
        <div className={form.row}>
          <Field label={t('contact-point.hours-from')}>
            <Input
              type="time"
              value={value.from}
              onChange={(event) => change({ from: event.currentTarget.value })}
            />
          </Field>
          <Field label={t('contact-point.hours-to')}>
            <Input
              type="time"
              value={value.to}
              onChange={(event) => change({ to: event.currentTarget.value })}
            />
          </Field>
        </div>
        {tried && need !== null ? (
          <p className={form.error} role="alert">
            {t(`wish.need-${need}`)}
          </p>
        ) : null}
      </fieldset>
      <Field label={t('consent.contact-point')}>
        <Select<string>
          value={value.contactPointId}
          onChange={(id) => change({ contactPointId: id })}
          options={[
            { value: '', label: t('consent.any-contact-point') },
            ...card.contactPoints.map((one) => ({
              value: one.contactPointId as string,
              label: formatPhone(one.value),
            })),
          ]}
        />
      </Field>
      <Checkbox
        label={t('wish.calls-only')}
        checked={value.callsOnly}
        onChange={(callsOnly) => change({ callsOnly })}
      />
      <Field label={t('note.label')}>
        <Input
          maxLength={500}
          value={value.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
      </Field>
      <Button type="submit" look="primary" wide disabled={busy}>
        {t('wish.save')}
      </Button>
    </form>
  );
}
