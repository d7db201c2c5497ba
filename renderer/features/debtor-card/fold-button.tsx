import { ChevronRight } from 'lucide-react';
import styles from './list.module.css';

/** Opens and closes what belongs to a row. */
export function FoldButton({
  label,
  open,
  controls,
  onToggle,
}: {
  label: string;
  open: boolean;
  controls: string;
  onToggle: () => void;
}) {
  return (
    <button
      type="button"
      className={styles.fold}
      aria-expanded={open}
      aria-controls={controls}
      aria-label={label}
      onClick={onToggle}
    >
      <ChevronRight size={14} aria-hidden="true" />
    </button>
  );
}
