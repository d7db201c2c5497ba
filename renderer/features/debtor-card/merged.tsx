import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Confirm, toast, When } from '../../components/index.ts';
import styles from './list.module.css';
import { Section } from './section.tsx';

/** Debtors that were found to be this one; each can be taken apart again. */
export function MergedFrom({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  if (card.mergedFrom.length === 0) return null;
  return (
    <Section title={t('card.merged-from')} count={card.mergedFrom.length}>
      <ul className={styles.list}>
        {card.mergedFrom.map((one) => (
          <MergedRow key={one.debtorMergeId} merged={one} />
        ))}
      </ul>
    </Section>
  );
}

function MergedRow({ merged }: { merged: DebtorCard['mergedFrom'][number] }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const { run, busy } = useCommand('merge.undo');
  const undo = async (): Promise<void> => {
    setAsked(false);
    const answer = await run({ debtorMergeId: merged.debtorMergeId });
    if (answer === null) return;
    toast(
      'done',
      t('merge.undone'),
      answer.left > 0 ? t('merge.undone-left', { count: answer.left }) : undefined,
    );
  };
  return (
    <li className={styles.row}>
      <span className={styles.main}>{merged.displayName}</span>
      <span className={styles.soft}>{merged.externalRef}</span>
      <span className={styles.faint}>
        {merged.agentName ? `${merged.agentName} · ` : null}
        <When at={merged.at} />
      </span>
      <span className={styles.end}>
        <Button
          look="quiet"
          disabled={busy}
          icon={<Undo2 size={14} aria-hidden="true" />}
          onClick={() => setAsked(true)}
        >
          {t('merge.undo')}
        </Button>
      </span>
      <Confirm
        open={asked}
        title={t('merge.undo-title', { name: merged.displayName })}
        text={t('merge.undo-text')}
        action={t('merge.undo')}
        onConfirm={() => void undo()}
        onCancel={() => setAsked(false)}
      />
    </li>
  );
}
