import { CircleAlert, Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { useCommand } from '../../app/use-command.ts';
import { Confirm, CopyButton, IconButton } from '../../components/index.ts';
import styles from './heading.module.css';

/** Masked until somebody asks for it; the asking is written down, and the person who asks is told so first. */
export function NationalId({ card }: { card: DebtorCard }) {
  // another debtor's number never stays on the screen
  return <NationalIdOf key={card.debtorId} card={card} />;
}

function NationalIdOf({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const { run, busy } = useCommand('debtor.reveal-national-id');
  const kind = card.nationalIdKind ?? t('card.national-id');
  const reveal = async (): Promise<void> => {
    setAsked(false);
    const answer = await run({ debtorId: card.debtorId });
    if (answer === null) return;
    setShown(answer.nationalId);
    announce(t('card.national-id-shown'));
  };
  return (
    <span>
      <span className={styles.id}>
        {kind} {shown ?? card.nationalIdMasked}
        {card.nationalIdValid === false ? (
          <span className={styles.bad}>
            <CircleAlert size={13} aria-hidden="true" />
            {t('card.number-invalid')}
          </span>
        ) : null}
        {shown === null ? (
          <IconButton
            label={t('card.reveal', { kind })}
            disabled={busy}
            icon={<Eye size={14} aria-hidden="true" />}
            onClick={() => setAsked(true)}
          />
        ) : (
          <>
            <CopyButton label={t('card.copy', { name: kind })} value={shown} />
            <IconButton
              label={t('card.hide', { kind })}
              icon={<EyeOff size={14} aria-hidden="true" />}
              onClick={() => setShown(null)}
            />
          </>
        )}
      </span>
      <Confirm
        open={asked}
        title={t('card.reveal', { kind })}
        text={t('card.reveal-text')}
        action={t('card.reveal-action')}
        onConfirm={() => void reveal()}
        onCancel={() => setAsked(false)}
      />
    </span>
  );
}
