import { ExternalLink, UserRoundX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import type { DebtorId } from '#shared/domain/index.ts';
import { errorText } from '../../app/errors.ts';
import { languageLabel } from '../../app/format/names.ts';
import { toHash } from '../../app/router.ts';
import {
  Badge,
  DateOnly,
  ErrorState,
  LocalTime,
  Money,
  Panel,
  Skeleton,
} from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { useDebtorCard, useVeil } from '../debtor-card/index.ts';
import styles from './debtor-summary.module.css';

/** Enough of the debtor to answer by; the whole card is one link away. While they are on the line it is veiled as there. */
export function DebtorSummary({ debtorId }: { debtorId: string }) {
  const { t } = useTranslation();
  const { card, error, reload } = useDebtorCard(debtorId as DebtorId);
  const { veil, shown } = useVeil(card);
  return (
    <Panel
      title={t('inbox.debtor')}
      actions={
        <LinkButton
          look="quiet"
          href={toHash(`/debtor/${debtorId}`)}
          icon={<ExternalLink size={14} aria-hidden="true" />}
        >
          {t('inbox.open-card')}
        </LinkButton>
      }
    >
      {shown === null ? (
        error ? (
          <ErrorState text={errorText(error, t)} onRetry={reload} />
        ) : (
          <Skeleton lines={5} />
        )
      ) : (
        <Summary card={shown} veiled={veil !== 'open'} />
      )}
    </Panel>
  );
}

function Summary({ card, veiled }: { card: DebtorCard; veiled: boolean }) {
  const { t, i18n } = useTranslation();
  const promise = card.promises.find((one) => one.status === 'open');
  const zone = card.timeZones[0];
  return (
    <div className={styles.summary}>
      <p className={styles.name}>
        <bdi>{card.displayName}</bdi>
      </p>
      <p className={styles.faint}>
        {[card.externalRef, card.city, languageLabel(card.language, i18n.language)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {card.flags.length > 0 ? (
        <p className={styles.flags}>
          {card.flags.map((flag) => (
            <Badge key={flag} tone="wait">
              {t(`flag.${flag}`, { defaultValue: flag })}
            </Badge>
          ))}
        </p>
      ) : null}
      {veiled ? (
        <p className={styles.veiled}>
          <UserRoundX size={14} aria-hidden="true" />
          {t('party.hidden-here')}
        </p>
      ) : (
        <dl className={styles.figures}>
          <div>
            <dt>{t('card.to-pay')}</dt>
            <dd className={styles.total}>
              {card.totals.length > 0 ? <Money amounts={card.totals} /> : t('card.nothing-due')}
            </dd>
          </div>
          {card.oldestDaysPastDue === null ? null : (
            <div>
              <dt>{t('card.oldest')}</dt>
              <dd>{t('card.days-past-due', { count: card.oldestDaysPastDue })}</dd>
            </div>
          )}
          {promise ? (
            <div>
              <dt>{t('inbox.promised')}</dt>
              <dd>
                <Money amounts={[promise]} /> · <DateOnly date={promise.dueOn} />
              </dd>
            </div>
          ) : null}
          {zone ? (
            <div>
              <dt>{t('inbox.their-time')}</dt>
              <dd>
                <LocalTime timeZone={zone} />
              </dd>
            </div>
          ) : null}
        </dl>
      )}
    </div>
  );
}
