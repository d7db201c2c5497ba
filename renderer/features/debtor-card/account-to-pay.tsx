import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Debt } from '#shared/contract/index.ts';
import { CopyButton } from '../../components/index.ts';
import styles from './account-to-pay.module.css';
import list from './list.module.css';

/** Where the money goes, in groups as it is printed, and whether its check digits are right. */
export function AccountToPay({ account }: { account: NonNullable<Debt['account']> }) {
  const { t } = useTranslation();
  return (
    <span className={styles.account}>
      <bdi className={styles.number}>{account.shown}</bdi>
      <CopyButton label={t('card.copy', { name: t('debt.account') })} value={account.number} />
      {account.valid === null ? null : account.valid ? (
        <span className={list.good}>
          <CircleCheck size={13} aria-hidden="true" />
          {t('debt.account-valid')}
        </span>
      ) : (
        <span className={list.bad}>
          <CircleAlert size={13} aria-hidden="true" />
          {t('debt.account-invalid')}
        </span>
      )}
    </span>
  );
}
