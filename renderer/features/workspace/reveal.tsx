import { Eye } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Field, Input } from '../../components/index.ts';
import styles from './party-panel.module.css';
import type { PartyActions } from './use-party.ts';

const shortest = 3;

/** Shows everything although nobody was identified; the reason is kept with the agent's name. */
export function Reveal({ actions }: { actions: PartyActions }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = reason.trim().length < shortest;
  if (!open) {
    return (
      <Button
        look="quiet"
        className={styles.reveal}
        icon={<Eye size={14} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        {t('party.reveal')}
      </Button>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!missing && !actions.busy) void actions.reveal(reason.trim());
  };
  return (
    <form className={styles.revealForm} onSubmit={submit} noValidate>
      <Field
        label={t('party.reveal-why')}
        error={tried && missing ? t('party.reveal-need') : null}
        hint={t('party.reveal-hint')}
      >
        <Input
          autoFocus
          maxLength={2_000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            setOpen(false);
          }}
        />
      </Field>
      <Button type="submit" disabled={actions.busy}>
        {t('party.reveal-do')}
      </Button>
    </form>
  );
}
