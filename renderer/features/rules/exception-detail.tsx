import { Check, Undo2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactOverride } from '#shared/contract/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { toHash } from '../../app/router.ts';
import { useConnection } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import {
  Button,
  DateTime,
  Field,
  Panel,
  Phone,
  StatusDot,
  TextArea,
  toast,
  When,
} from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import styles from './exception-detail.module.css';
import { overrideTones } from './exceptions-page.tsx';
import { allowedAnywayAt, channelWord, reasonText } from './reason-text.ts';
import { useWords } from './use-words.ts';

/** How long an exception may be used, in minutes; chosen by the keys 1 to 4. */
const lengths = [15, 60, 240, 1_440] as const;
type Length = (typeof lengths)[number];

/** One request: whom it is about, what refuses and until when, why it was asked, and the decision with its reason. */
export function ExceptionDetail({
  item,
  onDone,
  onGone,
}: {
  item: ContactOverride;
  /** decided; the text is announced */
  onDone: (text: string) => void;
  /** it could not be decided: perhaps somebody else has */
  onGone: () => void;
}) {
  const { t } = useTranslation();
  const words = useWords();
  const anyway = allowedAnywayAt(item.blockedBy);
  return (
    <Panel
      title={t('rule-pages.exception')}
      actions={
        <>
          <LinkButton look="quiet" href={toHash('/rules/decisions', { debtor: item.debtorId })}>
            {t('rule-pages.their-decisions')}
          </LinkButton>
          <LinkButton look="quiet" href={toHash(`/debtor/${item.debtorId}`)}>
            {t('write-offs.open-debtor')}
          </LinkButton>
        </>
      }
    >
      <div className={styles.stack}>
        <div>
          <p className={styles.name}>{item.displayName}</p>
          <p className={styles.faint}>
            {channelWord(item.channel, words)}
            {item.value ? (
              <>
                {' · '}
                <Phone number={item.value} />
              </>
            ) : null}
          </p>
        </div>
        <section>
          <h3 className={styles.title}>{t('rule-pages.refused-by')}</h3>
          <ul className={styles.refusals}>
            {item.blockedBy.map((refusal) => (
              <li key={`${refusal.pack} ${refusal.rule}`}>
                <span>{reasonText(refusal, words)}</span>
                <a className={styles.rule} href={toHash(`/rules/packs/${refusal.pack}`)}>
                  {refusal.rule} · {refusal.pack}
                </a>
                <span className={styles.faint}>
                  {refusal.until === null ? (
                    t('rule-pages.until-fact')
                  ) : (
                    <>
                      {t('rule-pages.until')} <DateTime at={refusal.until} />
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
          <p className={styles.faint}>
            {anyway === null ? (
              t('rule-pages.never-anyway')
            ) : (
              <>
                {t('rule-pages.anyway')} <DateTime at={anyway} />
              </>
            )}
          </p>
        </section>
        {item.requestReason === null ? null : (
          <section>
            <h3 className={styles.title}>{t('rule-pages.asked-because')}</h3>
            <p className={styles.words}>{item.requestReason}</p>
            <p className={styles.faint}>
              {item.requestedByName ?? t('rule-pages.somebody')} · <When at={item.requestedAt} />
            </p>
          </section>
        )}
        {item.decidedAt === null ? null : <Decided item={item} />}
        {item.state === 'requested' ? <Decide item={item} onDone={onDone} onGone={onGone} /> : null}
        {item.state === 'granted' ? <TakeBack item={item} onDone={onDone} /> : null}
      </div>
    </Panel>
  );
}

function Decided({ item }: { item: ContactOverride }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className={styles.title}>
        <StatusDot tone={overrideTones[item.state]} label={t(`rule-override.${item.state}`)} />
      </h3>
      {item.reason ? <p className={styles.words}>{item.reason}</p> : null}
      <p className={styles.faint}>
        {item.decidedByName ?? t('rule-pages.somebody')}
        {item.decidedAt ? (
          <>
            {' · '}
            <When at={item.decidedAt} />
          </>
        ) : null}
      </p>
      {item.expiresAt ? (
        <p className={styles.faint}>
          {t('rule-pages.usable-until')} <DateTime at={item.expiresAt} />
        </p>
      ) : null}
      {item.usedAt ? (
        <p className={styles.faint}>
          {t('rule-pages.used-at')} <DateTime at={item.usedAt} />
        </p>
      ) : null}
    </section>
  );
}

function Decide({
  item,
  onDone,
  onGone,
}: {
  item: ContactOverride;
  onDone: (text: string) => void;
  onGone: () => void;
}) {
  const { t } = useTranslation();
  const ownId = useConnection(({ principal }) => principal?.personId ?? null);
  const [reason, setReason] = useState('');
  const [forMinutes, setForMinutes] = useState<Length>(60);
  const [tried, setTried] = useState(false);
  const grant = useCommand('contact.grant-override');
  const refuse = useCommand('contact.refuse-override');
  const busy = grant.busy || refuse.busy;
  const own = item.requestedBy !== null && item.requestedBy === ownId;
  const short = reason.trim().length < 3;
  const decide = async (grants: boolean): Promise<void> => {
    if (busy) return;
    if (grants && short) return setTried(true);
    const answer = grants
      ? await grant.run({ overrideId: item.overrideId, reason: reason.trim(), forMinutes })
      : await refuse.run({
          overrideId: item.overrideId,
          ...(short ? {} : { reason: reason.trim() }),
        });
    if (answer === null) return onGone();
    const text = t(grants ? 'rule-pages.was-granted' : 'rule-pages.was-refused', {
      name: item.displayName,
    });
    toast(grants ? 'done' : 'info', text);
    onDone(text);
  };
  const grantNow = (): void => void decide(true);
  const refuseNow = (): void => void decide(false);
  const choose = (length: Length) => () => setForMinutes(length);
  useKeys(
    {
      G: grantNow,
      R: refuseNow,
      ...Object.fromEntries(lengths.map((length, index) => [String(index + 1), choose(length)])),
    },
    !own,
  );
  if (own) {
    return (
      <Notice tone="wait" title={t('rule-pages.own-request')}>
        {t('rule-pages.own-request-text')}
      </Notice>
    );
  }
  return (
    <>
      <Field
        label={t('rule-pages.grant-reason')}
        hint={t('rule-pages.grant-reason-hint')}
        error={tried && short ? t('rule-pages.need-reason') : null}
      >
        <TextArea
          maxLength={2_000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
      <fieldset className={styles.lengths}>
        <legend>{t('rule-pages.for-how-long')}</legend>
        {lengths.map((length, index) => (
          <Button
            key={length}
            pressed={forMinutes === length}
            shortcut={String(index + 1)}
            onClick={choose(length)}
          >
            {t(`rule-pages.minutes-${length}`)}
          </Button>
        ))}
      </fieldset>
      <div className={styles.actions}>
        <Button
          look="primary"
          shortcut="G"
          disabled={busy}
          icon={<Check size={14} aria-hidden="true" />}
          onClick={grantNow}
        >
          {t('rule-pages.grant')}
        </Button>
        <Button
          shortcut="R"
          disabled={busy}
          icon={<X size={14} aria-hidden="true" />}
          onClick={refuseNow}
        >
          {t('rule-pages.refuse')}
        </Button>
      </div>
      <p className={styles.faint}>{t('rule-pages.grant-means')}</p>
    </>
  );
}

function TakeBack({ item, onDone }: { item: ContactOverride; onDone: (text: string) => void }) {
  const { t } = useTranslation();
  const { run, busy } = useCommand('contact.withdraw-override');
  const takeBack = async (): Promise<void> => {
    if ((await run({ overrideId: item.overrideId })) !== null) {
      onDone(t('rule-pages.was-taken-back'));
    }
  };
  return (
    <div className={styles.actions}>
      <Button
        disabled={busy}
        icon={<Undo2 size={14} aria-hidden="true" />}
        onClick={() => void takeBack()}
      >
        {t('rule-pages.take-back')}
      </Button>
    </div>
  );
}
