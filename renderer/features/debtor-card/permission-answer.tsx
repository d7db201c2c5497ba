import { useTranslation } from 'react-i18next';
import type { ContactAnswer, ContactPoint, DebtorCard } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { formatDateTime, formatPhone, zoneName } from '../../app/format/index.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Badge, ErrorState, Skeleton } from '../../components/index.ts';
import { OverrideRequest } from './override-request.tsx';
import { packName } from './pack-name.ts';
import styles from './permission-answer.module.css';
import { nextAllowedText } from './permission-text.ts';

type Channel = ContactPoint['messages'][number]['channel'];

/** The whole answer of the door: each rule that says no in a sentence, where the clock is taken from, and what took part. */
export function PermissionAnswer({
  card,
  point,
  channel,
}: {
  card: DebtorCard;
  point: ContactPoint;
  channel: Channel;
}) {
  const { t } = useTranslation();
  const answer = useQueryData('contact.check', {
    debtorId: card.debtorId,
    channel,
    contactPointId: point.contactPointId,
  });
  if (answer.value === null) {
    return answer.state === 'failed' ? (
      <ErrorState text={errorText(answer.error, t)} onRetry={answer.reload} />
    ) : (
      <Skeleton lines={4} />
    );
  }
  return (
    <div className={styles.answer}>
      <Refusals answer={answer.value} timeZone={point.timeZones[0] ?? card.timeZones[0] ?? null} />
      <OverrideRequest
        answer={answer.value}
        channel={channel}
        card={card}
        point={point}
        onDone={answer.reload}
      />
      <Zones answer={answer.value} />
      <Packs answer={answer.value} />
    </div>
  );
}

function Refusals({ answer, timeZone }: { answer: ContactAnswer; timeZone: string | null }) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const reader = { t, locale: i18n.language, now: clock.now(), timeZone };
  if (answer.blockedBy.length === 0) {
    return <p className={styles.yes}>{t('permission.all-yes')}</p>;
  }
  return (
    <ul className={styles.rules}>
      {answer.blockedBy.map((refusal) => (
        <li key={`${refusal.pack} ${refusal.rule}`}>
          <strong>
            {t(`rules.because.${refusal.because}`, { defaultValue: t('rules.because.other') })}
          </strong>
          {refusal.counted !== null && refusal.limit !== null ? (
            <span> · {t('permission.counted', refusal as { counted: number; limit: number })}</span>
          ) : null}
          <span className={styles.soft}>
            {refusal.until === null
              ? t('permission.not-before-change')
              : nextAllowedText(refusal.until, reader)}
          </span>
          <span className={styles.source}>
            {[
              refusal.rule === refusal.because ? null : refusal.rule,
              refusal.source,
              packName(refusal.pack, t, refusal.packTitle),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
      {answer.historyFrom === null ? null : (
        <li className={styles.soft}>
          {t('permission.half-used', { date: formatDateTime(answer.historyFrom, i18n.language) })}
        </li>
      )}
    </ul>
  );
}

/** Which clocks count, and how they are known. */
function Zones({ answer }: { answer: ContactAnswer }) {
  const { t, i18n } = useTranslation();
  if (answer.zones.length === 0) return null;
  return (
    <section className={styles.part}>
      <h3>{t('permission.zones')}</h3>
      <ul>
        {answer.zones.map(({ timeZone, evidence, of }) => (
          <li key={`${timeZone} ${evidence}`}>
            {timeZone.replaceAll('_', ' ')} ({zoneName(answer.at, timeZone, i18n.language)}){' '}
            <span className={styles.soft}>
              {[t(`permission.evidence-${evidence}`), of ? formatPhone(of) : null]
                .filter(Boolean)
                .join(': ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Packs({ answer }: { answer: ContactAnswer }) {
  const { t } = useTranslation();
  return (
    <section className={styles.part}>
      <h3>{t('permission.packs')}</h3>
      <ul className={styles.packs}>
        {answer.packs.map((pack) => (
          <li key={`${pack.id} ${pack.version}`}>
            {packName(pack.id, t, pack.title)} <span className={styles.soft}>{pack.version}</span>{' '}
            {pack.status === 'draft' && !pack.own ? (
              <Badge tone="wait">{t('rule-pack.draft')}</Badge>
            ) : null}
            {pack.own ? <Badge>{t('permission.own-pack')}</Badge> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
