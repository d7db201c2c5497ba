import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { CopyButton } from '../../components/index.ts';
import styles from './heading.module.css';

/** A number of a register: tax, statistics, company. One whose check digits are wrong says so. */
export function RegisterNumber({
  number,
}: {
  number: NonNullable<DebtorCard['taxId'] | DebtorCard['companyNumber']>;
}) {
  const { t } = useTranslation();
  const kind = number.kind === 'other' ? t('card.register-number') : number.kind;
  return (
    <span>
      <span className={styles.id}>
        {kind} {number.value}
        {number.valid === false ? (
          <span className={styles.bad}>
            <CircleAlert size={13} aria-hidden="true" />
            {t('card.number-invalid')}
          </span>
        ) : null}
        <CopyButton label={t('card.copy', { name: kind })} value={number.value} />
      </span>
    </span>
  );
}
