import { useTranslation } from 'react-i18next';
import { announce } from '../../app/announcer.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { toast } from '../../components/index.ts';
import { callbackZone } from './callback-draft.ts';
import { CallbackForm } from './callback-form.tsx';
import styles from './form.module.css';
import type { Work } from './work-context.ts';

/** When to call again. In a call it goes with the outcome; without one it is saved at once. */
export function CallbackSheet({ work }: { work: Work }) {
  const { t } = useTranslation();
  const { stores } = useServices();
  const { run, busy } = useCommand('callback.set');
  const { card, draftKey, withOutcome, close } = work;
  const save = async (): Promise<void> => {
    if (withOutcome) {
      announce(t('outcome.goes-with-outcome'));
      close();
      return;
    }
    const { callbackAt } = stores.drafts.get(draftKey);
    if (callbackAt === null) return;
    const set = await run({
      debtorId: card.debtorId,
      on: callbackAt.slice(0, 10),
      time: callbackAt.slice(11, 16),
      timeZone: callbackZone(card),
    });
    if (set === null) return;
    stores.drafts.change(draftKey, { callbackAt: null });
    toast('done', t('work.saved-callback'));
    close();
  };
  return (
    <>
      <CallbackForm
        card={card}
        draftKey={draftKey}
        busy={busy}
        inSheet
        submitLabel={t(withOutcome ? 'outcome.keep' : 'callback.save')}
        onSubmit={() => void save()}
      />
      {withOutcome ? <p className={styles.foot}>{t('outcome.goes-with-outcome')}</p> : null}
    </>
  );
}
