import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call, DebtorCard, Disposition } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { formatDuration, isoDateFrom } from '../../app/format/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useAgent, useCall, useCampaigns, useDraft, useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useNow } from '../../app/use-now.ts';
import { Button, Kbd, Select } from '../../components/index.ts';
import { reduceCall } from '../../stores/index.ts';
import type { Veil } from '../debtor-card/index.ts';
import { CallbackForm, PromiseForm, proposeCallback, proposePromise } from '../work/index.ts';
import { CallbackText, PromiseText } from './agreed.tsx';
import { dispositionName } from './disposition-name.ts';
import { outcomeInput, outcomeNeed, outcomesFor } from './outcome.ts';
import styles from './outcome-panel.module.css';
import { useClosing } from './use-closing.ts';
import { wrapUpProgress } from './wrap-up-progress.ts';

/** Wrap-up: the outcome by one key; a promise or callback inline; the time left; what comes next. */
export function OutcomePanel({
  call,
  card,
  draftKey,
  veil,
}: {
  call: Call;
  card: DebtorCard | null;
  draftKey: string;
  veil: Veil;
}) {
  const { t } = useTranslation();
  const { stores, clock } = useServices();
  const all = useCall((view) => view.dispositions);
  const offered = useCampaigns((view) =>
    call.campaignId === null ? undefined : view.byId[call.campaignId]?.settings.dispositions,
  );
  const dispositions = useMemo(
    () => outcomesFor(all, veil === 'thirdPerson', offered),
    [all, veil, offered],
  );
  const draft = useDraft(draftKey);
  const ownNext = useAgent((view) => view.own?.next ?? 'ready');
  const [next, setNext] = useState<'ready' | 'notReady' | null>(null);
  const [chosen, setChosen] = useState<Disposition | null>(null);
  const dispose = useCommand('call.dispose');
  const form = useRef<HTMLDivElement>(null);

  const need = (disposition: Disposition) =>
    outcomeNeed(
      disposition,
      stores.drafts.get(draftKey),
      card,
      clock.now(),
      isoDateFrom(clock.now(), 0),
    );
  const save = async (disposition: Disposition): Promise<void> => {
    if (dispose.busy || need(disposition) !== null) return;
    const current = stores.drafts.get(draftKey);
    const done = await dispose.run(
      outcomeInput(call.callId, disposition, current, card, next ?? ownNext),
    );
    if (done === null) return;
    stores.drafts.settle(draftKey);
    stores.call.setState((view) => reduceCall(view, { type: 'disposed', callId: call.callId }));
    announce(t('outcome.saved'));
  };
  const choose = (disposition: Disposition): void => {
    setChosen(disposition);
    if (need(disposition) === null) {
      void save(disposition);
      return;
    }
    openForm(disposition);
  };
  const openForm = (disposition: Disposition): void => {
    const now = clock.now();
    if (disposition.effect === 'promise' && draft.promise === null) {
      stores.drafts.change(draftKey, { promise: proposePromise(card, isoDateFrom(now, 7)) });
    }
    if (disposition.effect === 'callback' && draft.callbackAt === null) {
      stores.drafts.change(draftKey, { callbackAt: proposeCallback(card, now) });
    }
  };

  useKeys(
    Object.fromEntries(
      dispositions.flatMap((one) => (one.key ? [[one.key, () => choose(one)]] : [])),
    ),
  );
  useEffect(() => {
    if (chosen) form.current?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, [chosen]);

  const chosenNeed = chosen === null ? null : need(chosen);
  const closing = useClosing(call, wrapUpProgress(draft, chosen, chosenNeed));
  const needsForm = chosen?.effect === 'promise' || chosen?.effect === 'callback';
  return (
    <section className={styles.panel} aria-label={t('outcome.title')}>
      <WrapUpTimer call={call} closing={closing} />
      <h2 className={styles.title}>{t('outcome.title')}</h2>
      <ul className={styles.list}>
        {dispositions.map((disposition) => (
          <li key={disposition.code}>
            <button
              type="button"
              className={styles.choice}
              aria-pressed={chosen?.code === disposition.code}
              aria-keyshortcuts={disposition.key ?? undefined}
              disabled={dispose.busy}
              onClick={() => choose(disposition)}
            >
              {disposition.key ? <Kbd binding={disposition.key} /> : <span aria-hidden="true" />}
              <span>
                {dispositionName(disposition, t)}
                {chosen?.code === disposition.code ? null : (
                  <Ready disposition={disposition} card={card} draftKey={draftKey} />
                )}
              </span>
            </button>
            {chosen?.code === disposition.code && chosenNeed === 'note' ? (
              <p className={styles.need} role="status">
                {t('outcome.need-note')} <Kbd binding="N" />
              </p>
            ) : null}
            {needsForm && chosen.code === disposition.code ? (
              <div ref={form} className={styles.form}>
                {chosen.effect === 'promise' ? (
                  <PromiseForm
                    card={card}
                    draftKey={draftKey}
                    busy={dispose.busy}
                    submitLabel={t('promise.save')}
                    onSubmit={() => void save(chosen)}
                  />
                ) : (
                  <CallbackForm
                    card={card}
                    draftKey={draftKey}
                    busy={dispose.busy}
                    submitLabel={t('callback.save')}
                    onSubmit={() => void save(chosen)}
                  />
                )}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      <div className={styles.next}>
        <span id="next-state-label">{t('wrap-up.then')}</span>
        <Select
          label={t('wrap-up.then')}
          value={next ?? ownNext}
          onChange={setNext}
          options={[
            { value: 'ready', label: t('state.ready') },
            { value: 'notReady', label: t('state.notReady') },
          ]}
        />
      </div>
    </section>
  );
}

/** What was agreed in the call and goes with this outcome. */
function Ready({
  disposition,
  card,
  draftKey,
}: {
  disposition: Disposition;
  card: DebtorCard | null;
  draftKey: string;
}) {
  const draft = useDraft(draftKey);
  if (card === null) return null;
  if (disposition.effect === 'promise' && draft.promise !== null) {
    return (
      <span className={styles.agreed}>
        <PromiseText card={card} draftKey={draftKey} />
      </span>
    );
  }
  if (disposition.effect === 'callback' && draft.callbackAt !== null) {
    return (
      <span className={styles.agreed}>
        <CallbackText card={card} draftKey={draftKey} />
      </span>
    );
  }
  return null;
}

/** How long until the agent is made ready without having chosen; `+` gives more time. */
function WrapUpTimer({
  call,
  closing,
}: {
  call: Call;
  closing: { say: () => void; said: boolean };
}) {
  const { t } = useTranslation();
  const autoReadyAt = useAgent((view) => view.own?.autoReadyAt ?? null);
  const now = useNow();
  const { run, busy } = useCommand('call.extend-wrap-up');
  const extend = (): void => void run({ callId: call.callId });
  const ofCampaign = call.campaignId !== null;
  useKeys({
    '+': autoReadyAt === null ? null : extend,
    B: ofCampaign ? closing.say : null,
  });
  if (autoReadyAt === null && !ofCampaign) return null;
  return (
    <div className={styles.timer} data-plain={autoReadyAt === null}>
      {autoReadyAt === null ? null : (
        <>
          <span role="timer">
            {t('wrap-up.ready-in', { duration: formatDuration(autoReadyAt - now + 999) })}
          </span>
          <Button shortcut="+" disabled={busy} onClick={extend}>
            {t('wrap-up.extend')}
          </Button>
        </>
      )}
      {ofCampaign ? (
        <Button
          wide
          shortcut="B"
          pressed={closing.said}
          title={t('wrap-up.closing-text')}
          onClick={closing.say}
        >
          {t(closing.said ? 'wrap-up.closing-said' : 'wrap-up.closing')}
        </Button>
      ) : null}
    </div>
  );
}
