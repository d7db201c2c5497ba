import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorId } from '#shared/domain/index.ts';
import { errorText } from '../../app/errors.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { ErrorState, Skeleton } from '../../components/index.ts';
import { NoteComposer } from '../note/index.ts';
import { DebtorCardView } from './debtor-card-view.tsx';
import styles from './debtor-page.module.css';
import { History } from './history.tsx';

/** A debtor opened by a link or the search, outside a call. */
export function DebtorPage({ parameters }: { parameters: Record<string, string> }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const debtorId = (parameters.debtorId ?? '') as DebtorId;
  const card = useQueryData('debtor.card', { debtorId });
  const { reload } = card;

  useEffect(
    () =>
      client.on('debtor.changed', (changed) => {
        if (changed.debtorId === debtorId) reload();
      }),
    [client, debtorId, reload],
  );
  useEffect(
    () =>
      client.on('debtor.interaction-added', (added) => {
        if (added.debtorId === debtorId) reload();
      }),
    [client, debtorId, reload],
  );

  if (card.state === 'failed' && card.value === null) {
    return <ErrorState text={errorText(card.error, t)} onRetry={reload} />;
  }
  if (card.value === null) return <Skeleton lines={9} />;
  const { value } = card;
  return (
    <div className={styles.page}>
      <div className={styles.card}>
        <DebtorCardView card={value} obligations={[]} />
        <NoteComposer
          draftKey={value.debtorId}
          debtorId={value.debtorId}
          title={value.displayName}
          onSaved={reload}
        />
      </div>
      <History card={value} />
    </div>
  );
}
