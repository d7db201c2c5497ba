import styles from './choice-chips.module.css';

/** Several of a short list, each a key press away; in the order of the list, whatever the order of the presses. */
export function ChoiceChips<Value extends string>({
  label,
  options,
  chosen,
  onChange,
  error,
}: {
  label: string;
  options: readonly { value: Value; label: string }[];
  chosen: readonly string[];
  onChange: (values: Value[]) => void;
  error?: string | null;
}) {
  return (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
      <div className={styles.chips}>
        {options.map((option) => {
          const on = chosen.includes(option.value);
          return (
            <button
              key={option.value}
              type="button"
              className={styles.chip}
              aria-pressed={on}
              onClick={() =>
                onChange(
                  options
                    .map((one) => one.value)
                    .filter((one) => (one === option.value ? !on : chosen.includes(one))),
                )
              }
            >
              {option.label}
            </button>
          );
        })}
      </div>
      {error ? <p className={styles.error}>{error}</p> : null}
    </fieldset>
  );
}
