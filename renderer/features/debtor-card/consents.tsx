import { CircleSlash } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Consent, DebtorCard } from '#shared/contract/index.ts';
import { formatPhone } from '../../app/format/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { StatusDot, When } from '../../components/index.ts';
import styles from './list.module.css';
import { RowMenu } from './row-menu.tsx';
import { Section } from './section.tsx';
import { WorkButton } from './work-button.tsx';

/** What the debtor agreed to, when, and what was taken back. */
export function Consents({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  if (card.consents.length === 0) return null;
  return (
    <Section
      title={t('card.consents')}
      count={card.consents.length}
      actions={<WorkButton sheet={{ kind: 'consent' }} label={t('work.consent')} />}
    >
      <ul className={styles.list}>
        {card.consents.map((consent) => (
          <ConsentRow key={consent.consentId} consent={consent} card={card} />
        ))}
      </ul>
    </Section>
  );
}

function ConsentRow({ consent, card }: { consent: Consent; card: DebtorCard }) {
  const { t } = useTranslation();
  const { run, busy } = useCommand('consent.withdraw');
  const point = card.contactPoints.find((one) => one.contactPointId === consent.contactPointId);
  const withdrawn = consent.withdrawnAt !== null;
  return (
    <li className={styles.row} data-muted={withdrawn}>
      <StatusDot
        tone={withdrawn ? 'stop' : 'talk'}
        label={t(withdrawn ? 'consent.withdrawn' : 'consent.given')}
      />
      <span className={styles.main}>
        {t(`consent.${consent.kind}`, { defaultValue: consent.kind })}
      </span>
      <span className={styles.soft}>
        {[
          consent.channel ? t(`channel.${consent.channel}`) : null,
          point ? formatPhone(point.value) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <span className={styles.faint}>
        <When at={consent.withdrawnAt ?? consent.givenAt} /> · {consent.source}
      </span>
      <span className={styles.end}>
        <RowMenu
          label={t('consent.actions')}
          items={
            withdrawn
              ? []
              : [
                  {
                    id: 'withdraw',
                    label: t('consent.withdraw'),
                    icon: <CircleSlash size={14} aria-hidden="true" />,
                    disabled: busy,
                    onSelect: () => void run({ consentId: consent.consentId }),
                  },
                ]
          }
        />
      </span>
    </li>
  );
}
