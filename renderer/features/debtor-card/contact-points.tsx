import {
  AtSign,
  CalendarX2,
  Clock,
  History as HistoryIcon,
  MapPinOff,
  MessageCircle,
  Pencil,
  PhoneCall,
  Phone as PhoneIcon,
  PhoneOff,
  Undo2,
  User,
} from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactPoint, DebtorCard } from '#shared/contract/index.ts';
import type { ContactPointStatus } from '#shared/domain/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useCall, useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, type MenuItem, Phone, When } from '../../components/index.ts';
import { useWork } from '../work/work-context.ts';
import { ContactPointCorrection } from './contact-point-correction.tsx';
import { ContactPointHistory } from './contact-point-history.tsx';
import styles from './contact-points.module.css';
import { hoursText } from './hours-text.ts';
import { PermissionLine } from './permission-line.tsx';
import { refusedText } from './permission-text.ts';
import { RowMenu } from './row-menu.tsx';
import { Section } from './section.tsx';
import { WorkButton } from './work-button.tsx';

/** Ways to reach the debtor: whether each may be used now and, if not, why and until when. */
export function ContactPoints({ card }: { card: DebtorCard }) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  // the whole answer about the first one; Tab leads to the others
  useKeys({
    'Shift+C': () => list.current?.querySelector<HTMLElement>('[data-permission]')?.click(),
  });
  return (
    <Section
      title={t('card.contact-points')}
      count={card.contactPoints.length}
      actions={
        <>
          <WorkButton sheet={{ kind: 'block' }} label={t('work.block')} />
          <WorkButton sheet={{ kind: 'contactPoint' }} label={t('work.contact-point')} />
        </>
      }
    >
      {card.contactPoints.length === 0 ? (
        <p className={styles.none}>{t('contact-point.none')}</p>
      ) : (
        <ul className={styles.list} ref={list}>
          {card.contactPoints.map((point) => (
            <Point key={point.contactPointId} point={point} card={card} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Point({ point, card }: { point: ContactPoint; card: DebtorCard }) {
  const { t, i18n } = useTranslation();
  const [opened, setOpened] = useState<'correction' | 'history' | null>(null);
  const status = useStatus(point);
  const doubt = useCommand('contact.set-zone-doubt');
  const work = useWork();
  const isPhone = point.value.startsWith('+');
  const close = (): void => setOpened(null);
  const items: MenuItem[] = [
    {
      id: 'correct',
      label: t('contact-point.correct'),
      icon: <Pencil size={14} aria-hidden="true" />,
      onSelect: () => setOpened('correction'),
    },
    ...statusItems(status.shown).map(
      (next): MenuItem => ({
        id: next,
        label: t(`contact-point.mark-${next}`),
        icon:
          next === 'active' ? (
            <Undo2 size={14} aria-hidden="true" />
          ) : (
            <PhoneOff size={14} aria-hidden="true" />
          ),
        onSelect: () => status.set(next),
      }),
    ),
    ...(status.shown === 'active' && work !== null
      ? [
          {
            id: 'block',
            label: t('wish.not-here'),
            icon: <CalendarX2 size={14} aria-hidden="true" />,
            onSelect: () => work.open({ kind: 'block', contactPointId: point.contactPointId }),
          },
        ]
      : []),
    ...(isPhone
      ? [
          {
            id: 'zone-doubt',
            label: t(point.zoneDoubt ? 'contact-point.zone-certain' : 'contact-point.zone-doubt'),
            icon: <MapPinOff size={14} aria-hidden="true" />,
            onSelect: () =>
              void doubt.run({ contactPointId: point.contactPointId, doubt: !point.zoneDoubt }),
          },
        ]
      : []),
    ...(point.hasHistory
      ? [
          {
            id: 'history',
            label: t('contact-point.history'),
            icon: <HistoryIcon size={14} aria-hidden="true" />,
            onSelect: () => setOpened('history'),
          },
        ]
      : []),
  ];
  return (
    <li>
      <div className={styles.point} data-status={status.shown}>
        <KindIcon point={point} />
        <span className={styles.value}>
          {isPhone ? <Phone number={point.value} /> : <bdi>{point.value}</bdi>}
          <span className={styles.kind}>
            {[t(`contact-point.${point.kind}`), point.label].filter(Boolean).join(' · ')}
          </span>
          {point.speakTo ? (
            <span className={styles.kind}>
              <User size={12} aria-hidden="true" /> {t('contact-point.speak-to')} {point.speakTo}
            </span>
          ) : null}
          {point.zoneDoubt ? (
            <span className={styles.kind}>
              <MapPinOff size={12} aria-hidden="true" /> {t('contact-point.zone-in-doubt')}
            </span>
          ) : null}
          {point.hours ? (
            <span className={styles.kind}>
              <Clock size={12} aria-hidden="true" /> {hoursText(point.hours, i18n.language)}
            </span>
          ) : null}
        </span>
        <span className={styles.permission}>
          <PermissionLine point={point} card={card} status={status.shown} />
          {point.lastTriedAt === null ? null : (
            <span className={styles.tried}>
              {point.lastResult === null ? null : t(`attempt-result.${point.lastResult}`)}{' '}
              <When at={point.lastTriedAt} />
            </span>
          )}
        </span>
        <span className={styles.actions}>
          {isPhone && status.shown === 'active' ? <CallButton point={point} card={card} /> : null}
          <RowMenu
            label={t('contact-point.actions', { value: point.value })}
            items={work === null ? [] : items}
          />
        </span>
      </div>
      {opened === 'correction' ? (
        <ContactPointCorrection point={point} card={card} onClose={close} />
      ) : null}
      {opened === 'history' ? <ContactPointHistory point={point} onClose={close} /> : null}
    </li>
  );
}

/** What the status can become. */
function statusItems(status: ContactPointStatus): ContactPointStatus[] {
  return status === 'active' ? ['wrongNumber', 'dead', 'retired'] : ['active'];
}

/** The new status is shown at once; a refusal brings the old one back. */
function useStatus(point: ContactPoint): {
  shown: ContactPointStatus;
  set: (status: ContactPointStatus) => void;
} {
  const [hoped, setHoped] = useState<ContactPointStatus | null>(null);
  const { run } = useCommand('contact-point.set-status');
  const { contactPointId, status } = point;
  // the engine has spoken
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new status ends the hope
  useEffect(() => setHoped(null), [status]);
  const set = (next: ContactPointStatus): void => {
    setHoped(next);
    void run({ contactPointId, status: next }).then((answer) => {
      if (answer === null) setHoped(null);
    });
  };
  return { shown: hoped ?? status, set };
}

function KindIcon({ point }: { point: ContactPoint }) {
  const Icon =
    point.kind === 'email' ? AtSign : point.kind === 'messenger' ? MessageCircle : PhoneIcon;
  return <Icon size={14} aria-hidden="true" className={styles.icon} />;
}

function CallButton({ point, card }: { point: ContactPoint; card: DebtorCard }) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const inCall = useCall((view) => view.current !== null);
  const { run, busy } = useCommand('call.place');
  if (inCall) return null;
  const { permission } = point;
  const refused = permission !== null && !permission.allowed && permission.override === null;
  const reason = refused
    ? refusedText(permission, {
        t,
        locale: i18n.language,
        now: clock.now(),
        timeZone: point.timeZones[0] ?? card.timeZones[0] ?? null,
      })
    : undefined;
  return (
    <Button
      disabled={busy}
      // stays reachable, so that its reason can be read
      aria-disabled={refused}
      title={reason}
      icon={<PhoneCall size={14} aria-hidden="true" />}
      aria-label={[t('contact-point.call', { number: point.value }), reason]
        .filter(Boolean)
        .join('. ')}
      onClick={() => {
        if (refused) return;
        void run({
          to: point.value,
          debtorId: card.debtorId,
          contactPointId: point.contactPointId,
        });
      }}
    >
      {t('contact-point.call-short')}
    </Button>
  );
}
