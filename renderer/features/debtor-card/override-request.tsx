import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ContactAnswer,
  ContactOverride,
  ContactPoint,
  DebtorCard,
} from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { formatTime } from '../../app/format/index.ts';
import { useConnection, useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, Field, Input, StatusDot, type Tone } from '../../components/index.ts';
import styles from './permission-answer.module.css';

type Channel = ContactPoint['messages'][number]['channel'];
const shortestReason = 3;
const tones: Record<ContactOverride['state'], Tone> = {
  requested: 'wait',
  granted: 'talk',
  refused: 'stop',
  used: 'neutral',
  withdrawn: 'neutral',
};

/**
 * Where every rule that says no admits it: asks a lead for this one contact, shows how the request stands, and lets a
 * lead grant it here, but never the own request.
 */
export function OverrideRequest({
  answer,
  channel,
  card,
  point,
  onDone,
}: {
  answer: ContactAnswer;
  channel: Channel;
  card: DebtorCard;
  point: ContactPoint;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const request = useOverride(answer, point, card);
  if (answer.override !== null && request.current === null) {
    return <p className={styles.yes}>{t('override.granted-until-used')}</p>;
  }
  if (request.current !== null && isOpen(request.current)) {
    return <State override={request.current} onDone={onDone} onChange={request.reload} />;
  }
  if (answer.allowed) return null;
  if (!answer.overridable) return <p className={styles.soft}>{t('override.never')}</p>;
  const after = (): void => {
    request.reload();
    onDone();
  };
  return (
    <>
      {request.current?.state === 'refused' ? (
        <State override={request.current} onDone={onDone} onChange={request.reload} />
      ) : null}
      <Ask channel={channel} card={card} point={point} onDone={after} />
    </>
  );
}

function isOpen({ state }: ContactOverride): boolean {
  return state === 'requested' || state === 'granted';
}

/** The newest one about this contact point and channel; kept current by events. */
function useOverride(
  answer: ContactAnswer,
  point: ContactPoint,
  card: DebtorCard,
): { current: ContactOverride | null; reload: () => void } {
  const { client } = useServices();
  const list = useQueryData('contact.list-overrides', { debtorId: card.debtorId, limit: 20 });
  const { reload } = list;
  useEffect(
    () =>
      client.on('contact.override-changed', (changed) => {
        if (changed.debtorId === card.debtorId) reload();
      }),
    [client, card.debtorId, reload],
  );
  const own = (list.value?.overrides ?? []).find(
    (one) =>
      one.channel === answer.channel &&
      (one.contactPointId === null || one.contactPointId === point.contactPointId),
  );
  return { current: own ?? null, reload };
}

function Ask({
  channel,
  card,
  point,
  onDone,
}: {
  channel: Channel;
  card: DebtorCard;
  point: ContactPoint;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const lead = useIsLead();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const request = useCommand('contact.request-override');
  const grant = useCommand('contact.grant-override');
  const missing = reason.trim().length < shortestReason;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (missing || request.busy || grant.busy) return;
    const input = {
      debtorId: card.debtorId,
      channel,
      contactPointId: point.contactPointId,
      reason: reason.trim(),
    };
    const done = await (lead ? grant.run(input) : request.run(input));
    if (done === null) return;
    announce(t(`override.state-${done.state}`));
    onDone();
  };
  return (
    <form className={styles.override} onSubmit={(event) => void submit(event)} noValidate>
      <Field
        label={t(lead ? 'override.grant-why' : 'override.why')}
        hint={t(lead ? 'override.grant-hint' : 'override.hint')}
        error={tried && missing ? t('override.need-reason') : null}
      >
        <Input
          maxLength={2_000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
      <Button type="submit" disabled={request.busy || grant.busy}>
        {t(lead ? 'override.grant' : 'override.ask')}
      </Button>
    </form>
  );
}

/** How a request stands; a lead decides here, whoever asked can take it back. */
function State({
  override,
  onDone,
  onChange,
}: {
  override: ContactOverride;
  onDone: () => void;
  onChange: () => void;
}) {
  const { t, i18n } = useTranslation();
  const lead = useIsLead();
  const ownId = useConnection((view) => view.principal?.personId);
  const grant = useCommand('contact.grant-override');
  const refuse = useCommand('contact.refuse-override');
  const withdraw = useCommand('contact.withdraw-override');
  const own = override.requestedBy === ownId;
  const asked = override.state === 'requested';
  const { overrideId } = override;
  const decide = async (answer: Promise<ContactOverride | null>): Promise<void> => {
    if ((await answer) === null) return;
    onChange();
    onDone();
  };
  return (
    <section className={styles.override} aria-label={t('override.title')}>
      <div className={styles.state}>
        <StatusDot tone={tones[override.state]} label={t(`override.state-${override.state}`)} />
        <span className={styles.soft}>
          {[
            override.decidedByName ?? override.requestedByName,
            override.reason ?? override.requestReason,
            override.expiresAt === null || override.state !== 'granted'
              ? null
              : t('override.until', { time: formatTime(override.expiresAt, i18n.language) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <div className={styles.buttons}>
        {asked && lead && !own ? (
          <>
            <Button
              disabled={grant.busy}
              onClick={() =>
                void decide(
                  grant.run({ overrideId, reason: override.requestReason ?? t('override.agreed') }),
                )
              }
            >
              {t('override.grant')}
            </Button>
            <Button disabled={refuse.busy} onClick={() => void decide(refuse.run({ overrideId }))}>
              {t('override.refuse')}
            </Button>
          </>
        ) : null}
        {isOpen(override) && (own || lead) ? (
          <Button
            look="quiet"
            disabled={withdraw.busy}
            onClick={() => void decide(withdraw.run({ overrideId }))}
          >
            {t('override.withdraw')}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

function useIsLead(): boolean {
  return useConnection(
    ({ principal }) => principal?.role === 'lead' || principal?.role === 'admin',
  );
}
