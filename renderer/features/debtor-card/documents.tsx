import { FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { When } from '../../components/index.ts';
import { formatBytes } from '../import/format-bytes.ts';
import { documentHash } from './document-hash.ts';
import styles from './list.module.css';
import { Section } from './section.tsx';

/** Letters and files of this debtor. */
export function Documents({ card }: { card: DebtorCard }) {
  const { t, i18n } = useTranslation();
  if (card.documents.length === 0) return null;
  return (
    <Section title={t('card.documents')} count={card.documents.length}>
      <ul className={styles.list}>
        {card.documents.map((one) => (
          <li key={one.documentId} className={styles.row}>
            <FileText size={14} aria-hidden="true" />
            <a className={styles.main} href={documentHash(card.debtorId, one.documentId)}>
              {one.name}
            </a>
            <span className={styles.faint}>
              {formatBytes(one.bytes, i18n.language)} · <When at={one.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
