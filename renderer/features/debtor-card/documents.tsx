import { FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { formatBytes } from '../../app/format/bytes.ts';
import { Button, When } from '../../components/index.ts';
import { useWork } from '../work/work-context.ts';
import styles from './list.module.css';
import { Section } from './section.tsx';
import { WorkButton } from './work-button.tsx';

/** Letters and files of this debtor; each opens beside the card. */
export function Documents({ card }: { card: DebtorCard }) {
  const { t, i18n } = useTranslation();
  const work = useWork();
  if (card.documents.length === 0) return null;
  return (
    <Section
      title={t('card.documents')}
      count={card.documents.length}
      actions={<WorkButton sheet={{ kind: 'letter' }} label={t('work.letter')} />}
    >
      <ul className={styles.list}>
        {card.documents.map(({ documentId, name, bytes, createdAt }) => (
          <li key={documentId} className={styles.row}>
            <Button
              look="quiet"
              disabled={work === null}
              icon={<FileText size={14} aria-hidden="true" />}
              onClick={() => work?.open({ kind: 'document', documentId })}
            >
              {name}
            </Button>
            <span className={styles.faint}>
              {formatBytes(bytes, i18n.language)} · <When at={createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
