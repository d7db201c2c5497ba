import { CircleSlash } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard, WriteOff } from '#shared/contract/index.ts';
import { useConnection } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Money, StatusDot, type Tone, When } from '../../components/index.ts';
import styles from './list.module.css';
import { RowMenu } from './row-menu.tsx';
import { Section } from './section.tsx';

const tones: Record<WriteOff['status'], Tone> = {
  proposed: 'wait',
  approved: 'talk',
  rejected: 'stop',
  withdrawn: 'neutral',
};

/** What somebody wants to be let go, and what the lead said. */
export function WriteOffs({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  if (card.writeOffs.length === 0) return null;
  return (
    <Section title={t('card.write-offs')} count={card.writeOffs.length}>
      <ul className={styles.list}>
        {card.writeOffs.map((one) => (
          <WriteOffRow key={one.writeOffId} writeOff={one} card={card} />
        ))}
      </ul>
    </Section>
  );
}

function WriteOffRow({ writeOff, card }: { writeOff: WriteOff; card: DebtorCard }) {
  const { t } = useTranslation();
  const { run, busy } = useCommand('write-off.withdraw');
  const ownId = useConnection((view) => view.principal?.personId);
  const debt = card.debts.find((one) => one.debtId === writeOff.debtId);
  const mayWithdraw = writeOff.status === 'proposed' && writeOff.proposedBy === ownId;
  return (
    <li className={styles.row}>
      <StatusDot tone={tones[writeOff.status]} label={t(`write-off.status-${writeOff.status}`)} />
      <span className={styles.amount}>
        <Money amounts={writeOff} />
      </span>
      <span className={styles.soft}>{writeOff.reason}</span>
      <span className={styles.faint}>
        {[debt?.externalRef, writeOff.proposedByName, writeOff.decidedByName]
          .filter(Boolean)
          .join(' · ')}{' '}
        <When at={writeOff.decidedAt ?? writeOff.createdAt} />
      </span>
      {writeOff.decisionNote ? <span className={styles.soft}>{writeOff.decisionNote}</span> : null}
      <span className={styles.end}>
        <RowMenu
          label={t('write-off.actions')}
          items={
            mayWithdraw
              ? [
                  {
                    id: 'withdraw',
                    label: t('write-off.withdraw'),
                    icon: <CircleSlash size={14} aria-hidden="true" />,
                    disabled: busy,
                    onSelect: () => void run({ writeOffId: writeOff.writeOffId }),
                  },
                ]
              : []
          }
        />
      </span>
    </li>
  );
}
