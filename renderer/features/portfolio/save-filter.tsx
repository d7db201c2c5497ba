import { Bookmark, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListFilter, ListSort, SavedFilter } from '#shared/contract/index.ts';
import { useCommand } from '../../app/use-command.ts';
import {
  Button,
  Confirm,
  Field,
  IconButton,
  Input,
  Switch,
  toast,
} from '../../components/index.ts';
import { Popover } from '../../components/popover.tsx';
import { sameFilter } from './filter-address.ts';
import styles from './save-filter.module.css';

/** Keeps the filter on the screen: as a new one, or as the one that it was made from. */
export function SaveFilter({
  filter,
  sort,
  from,
  leads,
  onSaved,
  onDeleted,
}: {
  filter: ListFilter;
  sort: ListSort;
  /** the saved filter that one started from */
  from: SavedFilter | null;
  leads: boolean;
  onSaved: (saved: SavedFilter) => void;
  onDeleted: () => void;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const save = useCommand('list.save-filter');
  const remove = useCommand('list.delete-filter');
  const mayChange = from !== null && (from.own || (from.shared && leads));
  const changed =
    from !== null &&
    (!sameFilter(from.filter, filter) ||
      (from.sort !== null && JSON.stringify(from.sort) !== JSON.stringify(sort)));

  const keep = async (name: string, shared: boolean, over: SavedFilter | null): Promise<void> => {
    const saved = await save.run({
      name,
      shared,
      filter,
      sort,
      ...(over ? { savedFilterId: over.savedFilterId } : {}),
    });
    if (saved === null) return;
    setOpen(false);
    toast('done', t('filter.was-saved', { name: saved.name }));
    onSaved(saved);
  };
  const drop = async (): Promise<void> => {
    setAsking(false);
    if (from && (await remove.run({ savedFilterId: from.savedFilterId }))) onDeleted();
  };

  return (
    <>
      {changed && mayChange ? (
        <Button disabled={save.busy} onClick={() => void keep(from.name, from.shared, from)}>
          {t('filter.save-over', { name: from.name })}
        </Button>
      ) : null}
      {from === null || changed ? (
        <Popover
          title={t('filter.save')}
          open={open}
          onOpenChange={setOpen}
          trigger={
            <Button look="quiet" icon={<Bookmark size={14} aria-hidden="true" />}>
              {t(from === null ? 'filter.save' : 'filter.save-as')}
            </Button>
          }
        >
          <NameForm
            leads={leads}
            busy={save.busy}
            onSubmit={(name, shared) => void keep(name, shared, null)}
          />
        </Popover>
      ) : null}
      {mayChange ? (
        <>
          <IconButton
            label={t('filter.delete', { name: from.name })}
            icon={<Trash2 size={14} aria-hidden="true" />}
            onClick={() => setAsking(true)}
          />
          <Confirm
            open={asking}
            destructive
            title={t('filter.delete-question', { name: from.name })}
            text={t(from.shared ? 'filter.delete-shared' : 'filter.delete-own')}
            action={t('portfolio.delete')}
            onConfirm={() => void drop()}
            onCancel={() => setAsking(false)}
          />
        </>
      ) : null}
    </>
  );
}

function NameForm({
  leads,
  busy,
  onSubmit,
}: {
  leads: boolean;
  busy: boolean;
  onSubmit: (name: string, shared: boolean) => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') onSubmit(name.trim(), shared);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label={t('filter.name')}>
        <Input
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Field>
      {leads ? (
        <Switch
          label={t('filter.share')}
          hint={t('filter.share-hint')}
          checked={shared}
          onChange={setShared}
        />
      ) : null}
      <Button type="submit" look="primary" disabled={busy || name.trim() === ''}>
        {t('common.save')}
      </Button>
    </form>
  );
}
