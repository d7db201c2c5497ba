import { Field as Base } from '@base-ui/react/field';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

export interface FieldProps {
  label: string;
  /** keeps the label for assistive technology only; for a search box whose place says it */
  hideLabel?: boolean;
  hint?: ReactNode;
  /** what is wrong, in words; its presence marks the field invalid */
  error?: string | null | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** Label, control, hint and error of one input, tied together for assistive technology. */
export function Field({ label, hideLabel, hint, error, className, children }: FieldProps) {
  return (
    <Base.Root invalid={Boolean(error)} className={classNames(styles.field, className)}>
      <Base.Label className={hideLabel ? 'visually-hidden' : styles.label}>{label}</Base.Label>
      {children}
      {hint ? <Base.Description className={styles.hint}>{hint}</Base.Description> : null}
      {error ? (
        <Base.Error match className={styles.error}>
          {error}
        </Base.Error>
      ) : null}
    </Base.Root>
  );
}

/** One line of text. Inside a `Field` it takes its label and error from there. */
export function Input({ className, ...rest }: ComponentProps<typeof Base.Control>) {
  return <Base.Control {...rest} className={classNames(styles.input, className as string)} />;
}

/** Several lines; grows with its text up to `maxRows`. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <Base.Control
      render={<textarea {...rest} />}
      className={classNames(styles.input, styles.area, className)}
    />
  );
}
