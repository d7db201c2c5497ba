import { AtSign, Ban, Check, Clock, PhoneCall, Phone as PhoneIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ContactPoint, DebtorCard } from '#shared/contract/index.ts';
import { refusalText } from '../../app/errors.ts';
import { useCall } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Phone, When } from '../../components/index.ts';
import styles from './contact-points.module.css';
import { Section } from './section.tsx';

/** Ways to reach the debtor: whether each may be used now and, if not, why and until when. */
export function ContactPoints({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  if (card.contactPoints.length === 0) return null;
  return (
    <Section title={t('card.contact-points')}>
      <ul className={styles.list}>
        {card.contactPoints.map((point) => (
          <Point key={point.contactPointId} point={point} card={card} />
        ))}
      </ul>
    </Section>
  );
}

function Point({ point, card }: { point: ContactPoint; card: DebtorCard }) {
  const { t } = useTranslation();
  const isPhone = point.value.startsWith('+');
  return (
    <li className={styles.point}>
      {isPhone ? (
        <PhoneIcon size={14} aria-hidden="true" className={styles.icon} />
      ) : (
        <AtSign size={14} aria-hidden="true" className={styles.icon} />
      )}
      <span className={styles.value}>
        {isPhone ? <Phone number={point.value} /> : point.value}
        <span className={styles.kind}>{t(`contact-point.${point.kind}`)}</span>
      </span>
      <span className={styles.permission}>
        <Verdict point={point} />
        {point.lastTriedAt === null ? null : (
          <span className={styles.tried}>
            {point.lastResult === null ? null : t(`attempt-result.${point.lastResult}`)}{' '}
            <When at={point.lastTriedAt} />
          </span>
        )}
      </span>
      {isPhone && point.status === 'active' ? <CallButton point={point} card={card} /> : null}
    </li>
  );
}

/** Yes, no, or not now: never colour alone. */
function Verdict({ point }: { point: ContactPoint }) {
  const { t, i18n } = useTranslation();
  if (point.status !== 'active') {
    return (
      <span className={styles.no}>
        <Ban size={14} aria-hidden="true" />
        {t(`contact-point.status-${point.status}`)}
      </span>
    );
  }
  if (point.permission === null) return null;
  if (point.permission.allowed) {
    return (
      <span className={styles.yes}>
        <Check size={14} aria-hidden="true" />
        {t('contact-point.allowed')}
      </span>
    );
  }
  const { blockedBy, nextAllowedAt } = point.permission;
  return (
    <span className={styles.no}>
      {nextAllowedAt === null ? (
        <Ban size={14} aria-hidden="true" />
      ) : (
        <Clock size={14} aria-hidden="true" />
      )}
      {refusalText(blockedBy, nextAllowedAt, t, i18n.language)}
    </span>
  );
}

function CallButton({ point, card }: { point: ContactPoint; card: DebtorCard }) {
  const { t } = useTranslation();
  const inCall = useCall((view) => view.current !== null);
  const { run, busy } = useCommand('call.place');
  if (inCall || point.permission?.allowed === false) return null;
  return (
    <Button
      disabled={busy}
      icon={<PhoneCall size={14} aria-hidden="true" />}
      aria-label={t('contact-point.call', { number: point.value })}
      onClick={() =>
        void run({
          to: point.value,
          debtorId: card.debtorId,
          contactPointId: point.contactPointId,
        })
      }
    >
      {t('contact-point.call-short')}
    </Button>
  );
}
