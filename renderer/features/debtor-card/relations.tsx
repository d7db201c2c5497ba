import { Pencil, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { formatPhone } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { useCommand } from '../../app/use-command.ts';
import { StatusDot } from '../../components/index.ts';
import { useWork } from '../work/work-context.ts';
import styles from './list.module.css';
import { RowMenu } from './row-menu.tsx';
import { Section } from './section.tsx';
import { WorkButton } from './work-button.tsx';

/** People and firms around the debtor, and with whom the case may be spoken about. */
export function Relations({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  if (card.relations.length === 0) return null;
  return (
    <Section
      title={t('card.relations')}
      count={card.relations.length}
      actions={<WorkButton sheet={{ kind: 'relation' }} label={t('work.relation')} />}
    >
      <ul className={styles.list}>
        {card.relations.map((relation) => (
          <RelationRow key={`${relation.relationId} ${relation.inverse}`} relation={relation} />
        ))}
      </ul>
    </Section>
  );
}

function RelationRow({ relation }: { relation: DebtorCard['relations'][number] }) {
  const { t } = useTranslation();
  const work = useWork();
  const remove = useCommand('relation.remove');
  const { relationId, otherDebtorId, inverse } = relation;
  return (
    <li className={styles.row}>
      <span className={styles.faint}>
        {t(inverse ? `relation.of-${relation.kind}` : `relation.${relation.kind}`)}
      </span>
      <span className={styles.main}>
        {otherDebtorId ? (
          <a href={toHash(`/debtor/${otherDebtorId}`)}>{relation.name}</a>
        ) : (
          relation.name
        )}
      </span>
      {relation.contact ? (
        <span className={styles.soft}>{formatPhone(relation.contact)}</span>
      ) : null}
      {inverse ? null : relation.maySpeak ? (
        <StatusDot tone="talk" label={t('relation.may-speak')} />
      ) : (
        <StatusDot tone="stop" label={t('relation.may-not-speak')} />
      )}
      {relation.note ? <span className={styles.faint}>{relation.note}</span> : null}
      <span className={styles.end}>
        <RowMenu
          label={t('relation.actions', { name: relation.name })}
          items={
            inverse || work === null
              ? []
              : [
                  {
                    id: 'edit',
                    label: t('relation.edit'),
                    icon: <Pencil size={14} aria-hidden="true" />,
                    onSelect: () => work.open({ kind: 'relation', relationId }),
                  },
                  {
                    id: 'remove',
                    label: t('relation.remove'),
                    icon: <Trash2 size={14} aria-hidden="true" />,
                    disabled: remove.busy,
                    onSelect: () => void remove.run({ relationId }),
                  },
                ]
          }
        />
      </span>
    </li>
  );
}
