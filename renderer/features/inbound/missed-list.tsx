import { Check, PhoneMissed } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toHash } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Phone, When } from '../../components/index.ts';
import { type MissedInbound, reduceCall } from '../../stores/index.ts';
import styles from './missed-list.module.css';

/** Missed calls with the way back: call the number, or mark the matter as settled. */
export function MissedList({
  items,
  onResolved,
}: {
  items: readonly MissedInbound[];
  onResolved?: () => void;
}) {
  return (
    <ul className={styles.list}>
      {items.map((item) => (
        <Item key={item.missedInboundId} item={item} onResolved={onResolved} />
      ))}
    </ul>
  );
}

function Item({
  item,
  onResolved,
}: {
  item: MissedInbound;
  onResolved?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const { stores } = useServices();
  const { run, busy } = useCommand('call.resolve-missed');
  const resolve = async (): Promise<void> => {
    const resolved = await run({ missedInboundId: item.missedInboundId });
    if (resolved === null) return;
    stores.call.setState((view) => reduceCall(view, { type: 'missed', item: resolved }));
    onResolved?.();
  };
  const who = item.debtorName ?? t('call.unknown-caller');
  return (
    <li className={styles.item}>
      <PhoneMissed size={16} aria-hidden="true" className={styles.icon} />
      <div className={styles.words}>
        <span>
          {item.debtorId ? (
            <a className={styles.link} href={toHash(`/debtor/${item.debtorId}`)}>
              {who}
            </a>
          ) : (
            who
          )}
        </span>
        <span className={styles.detail}>
          {item.number ? <Phone number={item.number} /> : t('call.withheld-number')}
          {' · '}
          {t(`inbound.reason-${item.reason}`)}
        </span>
      </div>
      <span className={styles.when}>
        <When at={item.at} />
      </span>
      {item.resolvedAt === null ? (
        <span className={styles.actions}>
          {item.number ? (
            <a className={styles.link} href={toHash('/workspace', { dial: item.number })}>
              {t('inbound.call-back')}
            </a>
          ) : null}
          <Button
            disabled={busy}
            icon={<Check size={14} aria-hidden="true" />}
            aria-label={t('inbound.resolve-name', { name: who })}
            onClick={() => void resolve()}
          >
            {t('inbound.resolve')}
          </Button>
        </span>
      ) : (
        <span className={styles.detail}>{t('inbound.resolved')}</span>
      )}
    </li>
  );
}
