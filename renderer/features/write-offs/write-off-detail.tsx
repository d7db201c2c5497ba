import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WriteOffId } from '#shared/domain/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { toHash } from '../../app/router.ts';
import { useConnection } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Field, Money, Panel, TextArea, toast, When } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import type { WriteOffItem } from './use-write-offs.ts';
import styles from './write-off-detail.module.css';

/** One proposal: how much of what, why, and the decision with its note. */
export function WriteOffDetail({
  item,
  onDone,
  onGone,
}: {
  item: WriteOffItem;
  /** decided; the text is announced */
  onDone: (text: string) => void;
  /** it could not be decided: perhaps somebody else has */
  onGone: () => void;
}) {
  const { t } = useTranslation();
  const ownId = useConnection(({ principal }) => principal?.personId ?? null);
  const [note, setNote] = useState('');
  const { run, busy } = useCommand('write-off.decide');
  const own = item.proposedBy !== null && item.proposedBy === ownId;
  const open = item.status === 'proposed';
  const decide = async (approve: boolean): Promise<void> => {
    if (busy) return;
    const decided = await run({
      writeOffId: item.writeOffId as WriteOffId,
      approve,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    });
    if (decided === null) return onGone();
    const text = t(approve ? 'write-offs.was-approved' : 'write-offs.was-rejected', {
      name: item.displayName,
    });
    toast(approve ? 'done' : 'info', text);
    onDone(text);
  };
  const approve = (): void => void decide(true);
  const reject = (): void => void decide(false);
  useKeys({ A: approve, R: reject }, open && !own);
  const { currency } = item;
  return (
    <Panel
      title={t('write-offs.proposal')}
      actions={
        <LinkButton look="quiet" href={toHash(`/debtor/${item.debtorId}`)}>
          {t('write-offs.open-debtor')}
        </LinkButton>
      }
    >
      <div className={styles.stack}>
        <div>
          <p className={styles.name}>{item.displayName}</p>
          <p className={styles.faint}>
            {item.creditorName} · {item.debtRef}
          </p>
        </div>
        <dl className={styles.facts}>
          <div>
            <dt>{t('write-offs.amount')}</dt>
            <dd className={styles.amount}>
              <Money amounts={{ amountMinor: item.amountMinor, currency }} />
            </dd>
          </div>
          <div>
            <dt>{t('write-offs.of')}</dt>
            <dd className={styles.amount}>
              <Money amounts={{ amountMinor: item.balanceMinor, currency }} />
            </dd>
          </div>
          {open ? (
            <div>
              <dt>{t('write-offs.left')}</dt>
              <dd className={styles.amount}>
                <Money
                  amounts={{
                    amountMinor: Math.max(0, item.balanceMinor - item.amountMinor),
                    currency,
                  }}
                />
              </dd>
            </div>
          ) : null}
        </dl>
        <section>
          <h3 className={styles.title}>{t('bulk.reason')}</h3>
          <p className={styles.reason}>{item.reason}</p>
          <p className={styles.faint}>
            {item.proposedByName ?? t('write-offs.somebody')} · <When at={item.createdAt} />
          </p>
        </section>
        {item.decidedAt === null ? null : (
          <section>
            <h3 className={styles.title}>{t(`write-offs.status-${item.status}`)}</h3>
            {item.decisionNote ? <p className={styles.reason}>{item.decisionNote}</p> : null}
            <p className={styles.faint}>
              {item.decidedByName ?? t('write-offs.somebody')} · <When at={item.decidedAt} />
            </p>
          </section>
        )}
        {open && own ? (
          <Notice tone="wait" title={t('write-offs.own')}>
            {t('write-offs.own-text')}
          </Notice>
        ) : null}
        {open && !own ? (
          <>
            <Field label={t('write-offs.note')} hint={t('write-offs.note-hint')}>
              <TextArea
                maxLength={2_000}
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
              />
            </Field>
            <div className={styles.actions}>
              <Button
                look="primary"
                shortcut="A"
                disabled={busy}
                icon={<Check size={14} aria-hidden="true" />}
                onClick={approve}
              >
                {t('write-offs.approve')}
              </Button>
              <Button
                shortcut="R"
                disabled={busy}
                icon={<X size={14} aria-hidden="true" />}
                onClick={reject}
              >
                {t('write-offs.reject')}
              </Button>
            </div>
          </>
        ) : null}
      </div>
    </Panel>
  );
}
