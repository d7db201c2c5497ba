import { BookMarked, Save, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportKind, ImportMapping } from '#shared/contract/index.ts';
import type { ImportTemplateId } from '#shared/domain/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, Field, IconButton, Input, Select, toast } from '../../components/index.ts';
import styles from './template-menu.module.css';

const none = 'none';

/** A mapping that was kept for files of this make: the fitting one is used by itself, another can be chosen, this one kept. */
export function TemplateMenu({
  kind,
  mapping,
  headers,
  fitting,
  usedId,
  onChoose,
}: {
  kind: ImportKind;
  mapping: ImportMapping;
  headers: readonly string[];
  /** those whose headers are those of the file */
  fitting: readonly { importTemplateId: ImportTemplateId; name: string }[];
  /** the one that the preview was made with; null: a person has changed something, or there is none */
  usedId: ImportTemplateId | null;
  onChoose: (importTemplateId: ImportTemplateId) => void;
}) {
  const { t } = useTranslation();
  const all = useQueryData('import.list-templates', { kind });
  const [name, setName] = useState<string | null>(null);
  const save = useCommand('import.save-template');
  const remove = useCommand('import.delete-template');
  const templates = all.value?.templates ?? [];
  const used = templates.find((one) => one.importTemplateId === usedId) ?? null;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const trimmed = name?.trim() ?? '';
    if (trimmed === '') return;
    const saved = await save.run({ name: trimmed, kind, mapping, headers: [...headers] });
    if (!saved) return;
    toast('done', t('import.template-saved', { name: trimmed }));
    setName(null);
    all.reload();
  };
  const drop = async (importTemplateId: ImportTemplateId): Promise<void> => {
    if (await remove.run({ importTemplateId })) all.reload();
  };

  return (
    <div className={styles.templates}>
      {templates.length > 0 ? (
        <Field
          label={t('import.template')}
          hint={fitting.length > 0 && used ? t('import.template-fits') : null}
        >
          <div className={styles.row}>
            <Select
              value={usedId ?? none}
              onChange={(id) => id !== none && onChoose(id as ImportTemplateId)}
              options={[
                { value: none as string, label: t('import.template-none') },
                ...templates.map((one) => ({
                  value: one.importTemplateId as string,
                  label: one.name,
                })),
              ]}
            />
            {used ? (
              <IconButton
                label={t('import.template-delete', { name: used.name })}
                icon={<Trash2 size={14} aria-hidden="true" />}
                disabled={remove.busy}
                onClick={() => void drop(used.importTemplateId)}
              />
            ) : null}
          </div>
        </Field>
      ) : null}
      {name === null ? (
        <Button
          icon={
            templates.length > 0 ? (
              <Save size={14} aria-hidden="true" />
            ) : (
              <BookMarked size={14} aria-hidden="true" />
            )
          }
          onClick={() => setName(used?.name ?? '')}
        >
          {t('import.template-save')}
        </Button>
      ) : (
        <form className={styles.form} onSubmit={(event) => void submit(event)}>
          <Field label={t('import.template-name')} hint={t('import.template-hint')}>
            <Input
              autoFocus
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') setName(null);
              }}
            />
          </Field>
          <div className={styles.row}>
            <Button type="submit" look="primary" disabled={save.busy || name.trim() === ''}>
              {t('common.save')}
            </Button>
            <Button look="quiet" onClick={() => setName(null)}>
              {t('common.cancel')}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
