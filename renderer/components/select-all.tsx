// biome-ignore-all lint/a11y/useFocusableInteractive: the box inside takes the focus
import { useEffect, useRef } from 'react';
import styles from './data-table.module.css';
import type { TableSelection } from './data-table-types.ts';

/** The heading of the marks: all rows or none; a bar when some are marked. */
export function SelectAll({ selection }: { selection: TableSelection }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = selection.state === 'some';
  }, [selection.state]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual grid is drawn with boxes; a table element cannot be
    <div role="columnheader" className={styles.allTarget}>
      <input
        ref={box}
        type="checkbox"
        className={styles.all}
        aria-label={selection.labels.all}
        checked={selection.state === 'all'}
        onChange={(event) => selection.setAll(event.currentTarget.checked)}
      />
    </div>
  );
}
