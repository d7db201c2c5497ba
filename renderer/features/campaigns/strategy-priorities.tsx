import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ListStrategy } from '#shared/contract/index.ts';
import { Button, Field, IconButton, Input } from '../../components/index.ts';
import { FilterBar } from '../portfolio/filter-bar.tsx';
import { moved } from './moved.ts';
import styles from './strategy-list.module.css';

type Priority = ListStrategy['priorities'][number];

/** Those who fit the first come before those who fit the next, whatever else counts. */
export function StrategyPriorities({
  priorities,
  tried,
  onChange,
}: {
  priorities: readonly Priority[];
  tried: boolean;
  onChange: (priorities: Priority[]) => void;
}) {
  const { t } = useTranslation();
  const replace = (index: number, part: Partial<Priority>): void =>
    onChange(priorities.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <>
      {priorities.length === 0 ? (
        <p className={styles.none}>{t('strategy.no-priorities')}</p>
      ) : (
        <ol className={styles.list}>
          {priorities.map((priority, index) => {
            const place = index + 1;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a priority is its place
              <li key={index} className={styles.item}>
                <span className={styles.place} aria-hidden="true">
                  {place}
                </span>
                <div className={styles.body}>
                  <Field
                    label={t('strategy.priority-name', { place })}
                    hideLabel
                    error={tried && priority.name.trim() === '' ? t('strategy.name-needed') : null}
                  >
                    <Input
                      maxLength={80}
                      value={priority.name}
                      onChange={(event) => replace(index, { name: event.currentTarget.value })}
                    />
                  </Field>
                  <div className={styles.chips}>
                    <FilterBar
                      leads
                      filter={priority.filter}
                      onChange={(filter) => replace(index, { filter })}
                    />
                  </div>
                </div>
                <div className={styles.tools}>
                  <IconButton
                    label={t('strategy.up', { name: priority.name })}
                    icon={<ArrowUp size={14} aria-hidden="true" />}
                    disabled={index === 0}
                    onClick={() => onChange(moved(priorities, index, -1))}
                  />
                  <IconButton
                    label={t('strategy.down', { name: priority.name })}
                    icon={<ArrowDown size={14} aria-hidden="true" />}
                    disabled={index === priorities.length - 1}
                    onClick={() => onChange(moved(priorities, index, 1))}
                  />
                  <IconButton
                    label={t('strategy.remove', { name: priority.name })}
                    icon={<Trash2 size={14} aria-hidden="true" />}
                    onClick={() => onChange(priorities.filter((_, at) => at !== index))}
                  />
                </div>
              </li>
            );
          })}
        </ol>
      )}
      <div>
        <Button
          icon={<Plus size={14} aria-hidden="true" />}
          disabled={priorities.length >= 20}
          onClick={() =>
            onChange([
              ...priorities,
              { name: t('strategy.priority', { place: priorities.length + 1 }), filter: {} },
            ])
          }
        >
          {t('strategy.add-priority')}
        </Button>
      </div>
    </>
  );
}
