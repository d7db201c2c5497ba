import { CalendarCheck, PhoneForwarded, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import {
  formatDateTime,
  formatIsoDate,
  formatMoney,
  isoDateFrom,
  parseAmount,
} from '../../app/format/index.ts';
import { useDraft, useServices } from '../../app/services.ts';
import { IconButton } from '../../components/index.ts';
import {
  callbackInstant,
  callbackNeed,
  promiseCurrency,
  promiseNeed,
  useWork,
} from '../work/index.ts';
import styles from './agreed.module.css';

/** What was agreed while the call goes on: written down in a form at the side, saved with the outcome. */
export function Agreed({
  card,
  draftKey,
  veiled,
}: {
  card: DebtorCard | null;
  draftKey: string;
  /** an amount that was typed in an earlier call is not shown before somebody is known */
  veiled: boolean;
}) {
  const { t } = useTranslation();
  const { stores } = useServices();
  const draft = useDraft(draftKey);
  const work = useWork();
  if (card === null || work === null) return null;
  const promise = veiled ? null : draft.promise;
  if (promise === null && draft.callbackAt === null) return null;
  return (
    <section className={styles.agreed} aria-label={t('outcome.agreed')}>
      {promise === null ? null : (
        <Line
          icon={<CalendarCheck size={14} aria-hidden="true" />}
          name={t('outcome.promise')}
          onEdit={() => work.open({ kind: 'promise' })}
          onRemove={() => stores.drafts.change(draftKey, { promise: null })}
        >
          <PromiseText card={card} draftKey={draftKey} />
        </Line>
      )}
      {draft.callbackAt === null ? null : (
        <Line
          icon={<PhoneForwarded size={14} aria-hidden="true" />}
          name={t('outcome.callback')}
          onEdit={() => work.open({ kind: 'callback' })}
          onRemove={() => stores.drafts.change(draftKey, { callbackAt: null })}
        >
          <CallbackText card={card} draftKey={draftKey} />
        </Line>
      )}
    </section>
  );
}

function Line({
  icon,
  name,
  onEdit,
  onRemove,
  children,
}: {
  icon: ReactNode;
  name: string;
  onEdit: () => void;
  onRemove: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.line}>
      <button type="button" className={styles.edit} onClick={onEdit}>
        {icon}
        <span>
          <strong>{name}</strong> {children}
          <span className={styles.hint}>{t('outcome.saved-with-outcome')}</span>
        </span>
      </button>
      <IconButton
        label={t('outcome.remove', { name })}
        icon={<X size={14} aria-hidden="true" />}
        onClick={onRemove}
      />
    </div>
  );
}

/** The promise in a few words, or what it still needs. */
export function PromiseText({ card, draftKey }: { card: DebtorCard; draftKey: string }) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const { promise } = useDraft(draftKey);
  if (promise === null) return null;
  const need = promiseNeed(promise, card, isoDateFrom(clock.now(), 0));
  if (need !== null) return <span className={styles.need}>{t(`outcome.need-${need}`)}</span>;
  const currency = promiseCurrency(card, promise.debtId) ?? '';
  const amountMinor = parseAmount(promise.amount, currency) ?? 0;
  return `${formatMoney({ amountMinor, currency }, i18n.language)} ${t('promise.by')} ${formatIsoDate(promise.dueOn, i18n.language)}`;
}

/** The time of the callback, or what it still needs. */
export function CallbackText({ card, draftKey }: { card: DebtorCard; draftKey: string }) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const { callbackAt } = useDraft(draftKey);
  const need = callbackNeed(callbackAt, card, clock.now());
  if (need !== null) return <span className={styles.need}>{t(`outcome.need-${need}`)}</span>;
  const at = callbackInstant(callbackAt, card);
  return at === null ? null : formatDateTime(at, i18n.language);
}
