import { useTranslation } from 'react-i18next';
import type { DebtId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { parseAmount } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { toast } from '../../components/index.ts';
import styles from './form.module.css';
import { promiseCurrency } from './promise-draft.ts';
import { PromiseForm } from './promise-form.tsx';
import type { Work } from './work-context.ts';

/** A promise to pay. In a call it goes with the outcome; without one it is saved at once. */
export function PromiseSheet({ work }: { work: Work }) {
  const { t } = useTranslation();
  const { stores } = useServices();
  const { run, busy } = useCommand('promise.make');
  const { card, draftKey, withOutcome, close } = work;
  const save = async (): Promise<void> => {
    if (withOutcome) {
      announce(t('outcome.goes-with-outcome'));
      close();
      return;
    }
    const { promise } = stores.drafts.get(draftKey);
    const currency = promiseCurrency(card, promise?.debtId ?? '');
    const amountMinor = promise && currency ? parseAmount(promise.amount, currency) : null;
    if (promise === null || currency === null || amountMinor === null) return;
    const made = await run({
      debtorId: card.debtorId,
      amountMinor,
      currency,
      dueOn: promise.dueOn,
      ...(promise.debtId ? { debtId: promise.debtId as DebtId } : {}),
    });
    if (made === null) return;
    stores.drafts.change(draftKey, { promise: null });
    toast('done', t('work.saved-promise'));
    close();
  };
  return (
    <>
      <PromiseForm
        card={card}
        draftKey={draftKey}
        busy={busy}
        inSheet
        submitLabel={t(withOutcome ? 'outcome.keep' : 'promise.save')}
        onSubmit={() => void save()}
      />
      {withOutcome ? <p className={styles.foot}>{t('outcome.goes-with-outcome')}</p> : null}
    </>
  );
}
