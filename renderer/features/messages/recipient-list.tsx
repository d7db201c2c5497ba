import { Ban, Check, Clock, KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatPhone } from '../../app/format/index.ts';
import { type Standing, standingOf } from '../debtor-card/permission-text.ts';
import type { Recipient } from './message-draft.ts';
import styles from './recipient-list.module.css';

const icons: Record<Standing, typeof Check> = {
  allowed: Check,
  byOverride: KeyRound,
  later: Clock,
  never: Ban,
};

/** Whom it goes to; each address with whether it may be used now. */
export function RecipientList({
  recipients,
  chosen,
  onChoose,
}: {
  recipients: readonly Recipient[];
  chosen: Recipient | null;
  onChoose: (contactPointId: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <div role="radiogroup" aria-label={t('message.to')} className={styles.list}>
      {recipients.map((recipient) => {
        const standing = standingOf(recipient.permission);
        const Icon = icons[standing];
        return (
          // biome-ignore lint/a11y/useSemanticElements: a chip with a mark in it
          <button
            key={recipient.contactPointId}
            type="button"
            role="radio"
            aria-checked={recipient === chosen}
            className={styles.chip}
            data-standing={standing}
            data-sends
            onClick={() => onChoose(recipient.contactPointId)}
          >
            <Icon size={14} aria-hidden="true" />
            <bdi>{addressText(recipient.value)}</bdi>
            {recipient.label ? <span className={styles.label}>{recipient.label}</span> : null}
            <span className="visually-hidden">{t(`message.standing-${standing}`)}</span>
          </button>
        );
      })}
    </div>
  );
}

/** A number as it is read, an address as it is written. */
export function addressText(value: string): string {
  return value.startsWith('+') ? formatPhone(value) : value;
}
