import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../app/announcer.ts';
import { Button } from './button.tsx';
import styles from './copy-field.module.css';
import { Field, Input } from './field.tsx';

/** A text that is shown to be taken elsewhere: a link, a token. */
export function CopyField({ label, value, hint }: { label: string; value: string; hint?: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      announce(t('copy.done'));
    } catch {
      // no right to the clipboard: the field is selected by a click and can be copied by hand
      setCopied(false);
    }
  };
  return (
    <div className={styles.row}>
      <Field label={label} hint={hint} className={styles.field}>
        <Input readOnly value={value} onFocus={(event) => event.currentTarget.select()} />
      </Field>
      <Button
        icon={
          copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />
        }
        onClick={() => void copy()}
      >
        {copied ? t('copy.done') : t('copy.copy')}
      </Button>
    </div>
  );
}
