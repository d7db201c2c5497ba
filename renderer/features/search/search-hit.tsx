import {
  AtSign,
  Clock,
  FileDigit,
  Hash,
  IdCard,
  type LucideIcon,
  Phone as PhoneIcon,
  User,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SearchHit, SearchKind } from '#shared/contract/index.ts';
import { formatPhone } from '../../app/format/index.ts';
import { Badge, Money } from '../../components/index.ts';
import { markedParts } from './marked-parts.ts';
import styles from './search-hit.module.css';

const icons: Record<SearchKind, LucideIcon> = {
  name: User,
  phone: PhoneIcon,
  reference: Hash,
  nationalId: IdCard,
  taxId: FileDigit,
  email: AtSign,
  recent: Clock,
};

/** One debtor in a list of hits: who, what of them fitted, what they owe. */
export function SearchHitLine({ hit, query }: { hit: SearchHit; query: string }) {
  const { t } = useTranslation();
  const Icon = hit.recent ? Clock : icons[hit.kind];
  const named = hit.kind === 'name' || hit.kind === 'recent';
  const matched = hit.kind === 'phone' ? formatPhone(hit.matched) : hit.matched;
  return (
    <>
      <span className={styles.icon} title={t(`search.kind-${hit.recent ? 'recent' : hit.kind}`)}>
        <Icon size={14} aria-hidden="true" />
        <span className="visually-hidden">
          {t(`search.kind-${hit.recent ? 'recent' : hit.kind}`)}
        </span>
      </span>
      <span className={styles.words}>
        <span className={styles.name}>
          <Marked text={hit.displayName} query={named ? query : ''} kind="name" />
        </span>
        <span className={styles.detail}>
          {named ? (
            <bdi>{hit.externalRef}</bdi>
          ) : (
            <bdi className={styles.matched}>
              <Marked text={matched} query={query} kind={hit.kind} />
            </bdi>
          )}
          {hit.city === null ? null : <> · {hit.city}</>}
        </span>
      </span>
      {hit.flags.slice(0, 1).map((flag) => (
        <Badge key={flag} tone="stop">
          {t(`flag.${flag}`, { defaultValue: flag })}
        </Badge>
      ))}
      {hit.synthetic ? <Badge tone="accent">{t('portfolio.made-up')}</Badge> : null}
      <span className={styles.end}>
        {hit.balances.length === 0 ? (
          <span className={styles.faint}>{t('search.nothing-owed')}</span>
        ) : (
          <Money amounts={hit.balances} />
        )}
        {hit.oldestDaysPastDue === null || hit.oldestDaysPastDue <= 0 ? null : (
          <span className={styles.faint}>
            {t('search.days-past-due', { count: hit.oldestDaysPastDue })}
          </span>
        )}
      </span>
    </>
  );
}

function Marked({ text, query, kind }: { text: string; query: string; kind: SearchKind }) {
  return markedParts(text, query, kind).map((part, index) =>
    part.marked ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
      <mark key={index} className={styles.mark}>
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
