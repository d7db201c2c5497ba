import { Command } from 'cmdk';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import styles from './debtor-picker.module.css';
import { SearchHitLine } from './search-hit.tsx';
import { useDebtorSearch } from './use-debtor-search.ts';

/**
 * Finds a debtor inside a form: a field with what was found under it. Arrows and Enter choose, Esc leaves.
 * @param exclude not offered: the debtor that the form is about
 */
export function DebtorPicker({
  label,
  autoFocus = false,
  exclude,
  onChoose,
  onLeave,
}: {
  label: string;
  autoFocus?: boolean;
  exclude?: string;
  onChoose: (hit: SearchHit) => void;
  onLeave?: () => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = useDebtorSearch(text, 8);
  const hits = search.hits.filter((hit) => hit.debtorId !== exclude);
  return (
    <Command
      label={label}
      shouldFilter={false}
      loop
      className={styles.picker}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && onLeave) {
          event.preventDefault();
          event.stopPropagation();
          onLeave();
        }
        // what is on the screen does not answer what was typed: it must not be chosen by mistake
        if (event.key === 'Enter' && search.waiting) event.preventDefault();
      }}
    >
      <Command.Input
        className={styles.input}
        value={text}
        onValueChange={setText}
        placeholder={label}
        autoFocus={autoFocus}
      />
      <Command.List className={styles.list} label={t('search.results')}>
        {hits.length === 0 && !search.waiting ? (
          // biome-ignore lint/a11y/useFocusableInteractive: it cannot be chosen
          <div role="option" aria-disabled="true" aria-selected="false" className={styles.empty}>
            {search.error !== null
              ? errorText(search.error, t)
              : t(text.trim() === '' ? 'search.type-to-find' : 'common.nothing-found')}
          </div>
        ) : null}
        {hits.map((hit) => (
          <Command.Item
            key={hit.debtorId}
            value={hit.debtorId}
            className={styles.item}
            onSelect={() => onChoose(hit)}
          >
            <SearchHitLine hit={hit} query={search.shownFor ?? ''} />
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
