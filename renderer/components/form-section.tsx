import { type FormEvent, type ReactNode, useId } from 'react';
import styles from './form-section.module.css';

/** Fields that belong together, with their name and, where it helps, a sentence about them. */
export function FormSection({
  title,
  text,
  children,
}: {
  title: string;
  text?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <h3 id={id} className={styles.title}>
          {title}
        </h3>
        {text ? <p className={styles.text}>{text}</p> : null}
      </div>
      <div className={styles.fields}>{children}</div>
    </section>
  );
}

/** Several short fields in one line; they wrap when the page is narrow or the text is large. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles.fieldRow}>{children}</div>;
}

/** A long form in a flush panel. Its actions stay in sight at the bottom of the page. */
export function SectionForm({
  onSubmit,
  actions,
  children,
}: {
  onSubmit: () => void;
  actions: ReactNode;
  children: ReactNode;
}) {
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    onSubmit();
    // once the errors are drawn: the first field that has one is where the person goes on
    requestAnimationFrame(() => form.querySelector<HTMLElement>('input[data-invalid]')?.focus());
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {children}
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </form>
  );
}
