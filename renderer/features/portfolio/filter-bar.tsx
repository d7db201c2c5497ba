import { ListFilter as FilterIcon, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListFilter } from '#shared/contract/index.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, Menu } from '../../components/index.ts';
import { Popover } from '../../components/popover.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import { conditionText } from './condition-text.ts';
import { type Condition, conditions, isSet, without } from './conditions.ts';
import styles from './filter-bar.module.css';

/** The conditions of the list as chips: each opens its fields, and is taken away with ×. */
export function FilterBar({
  filter,
  leads,
  onChange,
}: {
  filter: ListFilter;
  /** imports are theirs alone */
  leads: boolean;
  onChange: (filter: ListFilter) => void;
}) {
  const { t } = useTranslation();
  const choices = useQueryData('list.choices', {}).value;
  const [open, setOpen] = useState<Condition | null>(null);
  const offered = conditions.filter((condition) => leads || condition !== 'importJobIds');
  // one that was just opened stands among them although it says nothing yet
  const shown = offered.filter((condition) => isSet(filter, condition) || condition === open);
  return (
    <>
      {shown.map((condition) => (
        <Chip
          key={condition}
          condition={condition}
          filter={filter}
          choices={choices}
          open={open === condition}
          onOpenChange={(next) => setOpen(next ? condition : null)}
          onChange={onChange}
        />
      ))}
      <Menu
        trigger={
          <Button look="quiet" icon={<FilterIcon size={14} aria-hidden="true" />}>
            {t('filter.add')}
          </Button>
        }
        items={offered
          .filter((condition) => !shown.includes(condition))
          .map((condition) => ({
            id: condition,
            label: t(`filter.${condition}`),
            // the menu gives the focus back to its button first
            onSelect: () => setTimeout(() => setOpen(condition), 0),
          }))}
      />
      {shown.length > 1 ? (
        <Button
          look="quiet"
          onClick={() => {
            setOpen(null);
            onChange(shown.reduce(without, filter));
          }}
        >
          {t('filter.clear')}
        </Button>
      ) : null}
    </>
  );
}

function Chip({
  condition,
  filter,
  choices,
  open,
  onOpenChange,
  onChange,
}: {
  condition: Condition;
  filter: ListFilter;
  choices: Parameters<typeof ConditionEditor>[0]['choices'];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onChange: (filter: ListFilter) => void;
}) {
  const { t, i18n } = useTranslation();
  const name = t(`filter.${condition}`);
  const text = isSet(filter, condition) ? conditionText(filter, condition, t, i18n.language) : '…';
  return (
    <span className={styles.chip}>
      <Popover
        title={name}
        open={open}
        onOpenChange={onOpenChange}
        trigger={
          <button type="button" className={styles.open} title={`${name}: ${text}`}>
            <span className={styles.name}>{name}</span> <span className={styles.value}>{text}</span>
          </button>
        }
      >
        <ConditionEditor
          condition={condition}
          filter={filter}
          choices={choices}
          onChange={onChange}
        />
      </Popover>
      <button
        type="button"
        className={styles.remove}
        aria-label={t('filter.remove', { name })}
        onClick={() => {
          onOpenChange(false);
          onChange(without(filter, condition));
        }}
      >
        <X size={12} aria-hidden="true" />
      </button>
    </span>
  );
}
