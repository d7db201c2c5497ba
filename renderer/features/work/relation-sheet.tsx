import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { relationKinds } from '#shared/contract/index.ts';
import type { RelationId } from '#shared/domain/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { Button, Field, Input, Select, TextArea, toast } from '../../components/index.ts';
import form from './form.module.css';
import { useFormDraft } from './use-form-draft.ts';
import type { Work } from './work-context.ts';

interface RelationDraft {
  kind: (typeof relationKinds)[number];
  name: string;
  contact: string;
  maySpeak: boolean;
  note: string;
}

/** A person or firm around the debtor, new or corrected. */
export function RelationSheet({
  work,
  relationId,
}: {
  work: Work;
  relationId?: string | undefined;
}) {
  const { t } = useTranslation();
  const { card, draftKey, close } = work;
  const known = card.relations.find((one) => one.relationId === relationId && !one.inverse);
  const draft = useFormDraft<RelationDraft>(
    draftKey,
    `relation ${relationId ?? ''}`.trim(),
    {
      kind: known?.kind ?? 'guarantor',
      name: known?.name ?? '',
      contact: known?.contact ?? '',
      maySpeak: known?.maySpeak ?? false,
      note: known?.note ?? '',
    },
    card.displayName,
  );
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('relation.save');
  const { value, change } = draft;
  const name = value.name.trim();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (name === '' || busy) return;
    const saved = await run({
      debtorId: card.debtorId,
      kind: value.kind,
      name,
      maySpeak: value.maySpeak,
      contact: value.contact.trim() || null,
      note: value.note.trim() || null,
      ...(known
        ? { relationId: known.relationId as RelationId, otherDebtorId: known.otherDebtorId }
        : {}),
    });
    if (saved === null) return;
    draft.clear();
    toast('done', t('work.saved-relation'));
    close();
  };
  return (
    <form
      className={form.form}
      onSubmit={(event) => void submit(event)}
      aria-label={t('work.relation')}
      noValidate
    >
      <Field label={t('relation.kind')}>
        <Select
          value={value.kind}
          onChange={(kind) => change({ kind })}
          options={relationKinds.map((kind) => ({ value: kind, label: t(`relation.${kind}`) }))}
        />
      </Field>
      <Field
        label={t('relation.name')}
        error={tried && name === '' ? t('relation.need-name') : null}
      >
        <Input
          data-first
          maxLength={200}
          value={value.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
      </Field>
      <Field label={t('relation.contact')}>
        <Input
          maxLength={200}
          value={value.contact}
          onChange={(event) => change({ contact: event.currentTarget.value })}
        />
      </Field>
      <Checkbox
        label={t('relation.may-speak-field')}
        checked={value.maySpeak}
        onChange={(maySpeak) => change({ maySpeak })}
      />
      <Field label={t('note.label')}>
        <TextArea
          rows={2}
          maxLength={2_000}
          value={value.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
      </Field>
      <Button type="submit" look="primary" wide disabled={busy}>
        {t('relation.save')}
      </Button>
    </form>
  );
}
