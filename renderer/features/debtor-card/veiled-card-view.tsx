import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard, ShownObligation } from '#shared/contract/index.ts';
import { ContactPoints } from './contact-points.tsx';
import card from './debtor-card-view.module.css';
import { Heading } from './heading.tsx';
import { Relations } from './relations.tsx';
import { Say } from './say.tsx';
import { Script } from './script.tsx';
import type { Veil, VeiledShape } from './veil.ts';
import styles from './veiled-card-view.module.css';
import { Wishes } from './wishes.tsx';

/**
 * The card while the debt must not be named: who it is and how to reach them, and in the place of everything else
 * something of its size. When the veil lifts nothing moves.
 */
export const VeiledCardView = memo(function VeiledCardView({
  shown,
  shape,
  veil,
  obligations,
  children,
}: {
  /** a card that has been veiled */
  shown: DebtorCard;
  shape: VeiledShape;
  veil: Exclude<Veil, 'open'>;
  obligations: readonly ShownObligation[] | null;
  /** who is on the line, over what is hidden */
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <article className={card.card} aria-labelledby="debtor-name" data-veil={veil}>
      <Heading card={shown} />
      {obligations === null ? null : (
        <Say obligations={obligations} language={shown.language} veil={veil} />
      )}
      <div className={styles.region}>
        <div className={styles.hidden} aria-hidden="true">
          <span className={styles.strip} />
          {shape.planned > 0 ? <span className={styles.line} /> : null}
          {shape.scriptSteps > 0 ? <Block rows={1} /> : null}
          {shape.debts > 0 ? <Block rows={shape.debts} tall /> : null}
        </div>
        <div className={styles.over}>
          {children}
          <Script card={shown} />
        </div>
      </div>
      <ContactPoints card={shown} />
      <Wishes card={shown} />
      <div aria-hidden="true" className={styles.hidden}>
        {shape.below.map((rows, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
          <Block key={index} rows={rows} />
        ))}
      </div>
      <Relations card={shown} />
      <p className={card.reference}>{t('party.rest-hidden')}</p>
    </article>
  );
});

/** A heading and its rows, as bars. */
function Block({ rows, tall = false }: { rows: number; tall?: boolean }) {
  return (
    <span className={styles.block}>
      <span className={styles.title} />
      <span className={styles.frame}>
        {tall ? <span className={styles.headRow} /> : null}
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
          <span key={row} className={tall ? styles.tallRow : styles.row} />
        ))}
      </span>
    </span>
  );
}
