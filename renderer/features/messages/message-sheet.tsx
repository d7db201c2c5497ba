import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageChannel } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { useCall, useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { EmptyState, ErrorState, Skeleton } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { useFormDraft } from '../work/use-form-draft.ts';
import type { Work } from '../work/work-context.ts';
import { holdsWork, type MessageOffer, untouched } from './message-draft.ts';
import { MessageForm } from './message-form.tsx';
import { useOffer } from './use-offer.ts';

/**
 * Writes to the debtor while the call goes on: one key opens it filled in, a second one sends it. What is typed outlives
 * the sheet, the call and the window.
 */
export function MessageSheet({
  work,
  channel,
  contactPointId,
  subject,
  desk = false,
}: {
  work: Work;
  channel: MessageChannel;
  /** an answer to what came from there */
  contactPointId?: string | undefined;
  /** of the mail that is answered */
  subject?: string | undefined;
  /** written at the inbox: letters are those of the inbox, and typing begins at once */
  desk?: boolean;
}) {
  const { t } = useTranslation();
  const { debtorId } = work.card;
  const { stores } = useServices();
  const answers = contactPointId !== undefined;
  const thread = useQueryData('inbox.thread-of', answers ? { debtorId } : null);
  const offer = useOffer({
    debtorId,
    channel,
    ...(answers ? { contactPointId: contactPointId as never } : {}),
  });
  // words that name the debt and were typed before are no part of a sheet under the veil
  const draftName = `message-${channel}${work.veiled ? '-veiled' : ''}`;
  const draft = useFormDraft(
    work.draftKey,
    draftName,
    {
      ...untouched,
      ...(answers ? { templateId: '', contactPointId } : {}),
      ...(subject ? { ownSubject: replySubject(subject) } : {}),
    },
    work.card.displayName,
  );
  useForgetChoice(work.draftKey, draftName);
  const call = useCall((view) => view.current);
  const live =
    call !== null && call.debtorId === debtorId && ['connected', 'held'].includes(call.state);

  if (offer.value === null) {
    return offer.state === 'failed' ? (
      <ErrorState text={errorText(offer.error, t)} onRetry={offer.reload} />
    ) : (
      <Skeleton lines={8} />
    );
  }
  if (offer.value.unavailable !== null && offer.value.recipients.length > 0) {
    return <Unavailable code={offer.value.unavailable} />;
  }
  if (offer.value.recipients.length === 0) return <NobodyToWriteTo channel={channel} />;
  return (
    <MessageForm
      work={work}
      channel={channel}
      offer={withWanted(offer.value, contactPointId)}
      draft={draft}
      inboxThreadId={thread.value?.inboxThreadId ?? null}
      callId={live ? call.callId : null}
      desk={desk}
      onSent={() => {
        stores.drafts.changeForm(work.draftKey, draftName, null);
        work.close();
      }}
    />
  );
}

/** The address that is answered is there, though the engine may name others first. */
function withWanted(offer: MessageOffer, contactPointId: string | undefined): MessageOffer {
  const wanted = offer.recipients.find((one) => one.contactPointId === contactPointId);
  if (wanted === undefined || offer.recipients[0] === wanted) return offer;
  return {
    ...offer,
    recipients: [wanted, ...offer.recipients.filter((one) => one !== wanted)],
    // it was made for another address
    preview: null,
  };
}

function replySubject(subject: string): string {
  return /^re\s*:/i.test(subject) ? subject : `Re: ${subject}`;
}

/** A choice without words is made anew the next time: the best message is proposed again. */
function useForgetChoice(draftKey: string, name: string): void {
  const { stores } = useServices();
  const forget = useCallback(() => {
    const stored = stores.drafts.get(draftKey).forms?.[name];
    if (typeof stored !== 'object' || stored === null) return;
    if (!holdsWork({ ...untouched, ...stored })) stores.drafts.changeForm(draftKey, name, null);
  }, [stores, draftKey, name]);
  const latest = useRef(forget);
  latest.current = forget;
  useEffect(() => () => latest.current(), []);
}

function Unavailable({ code }: { code: string }) {
  const { t } = useTranslation();
  return (
    <Notice tone="wait" title={t('message.unavailable')}>
      {t(`errors.${code}`, { defaultValue: t('errors.internal') })}
    </Notice>
  );
}

function NobodyToWriteTo({ channel }: { channel: MessageChannel }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      title={t(channel === 'email' ? 'message.no-address' : 'message.no-number')}
      text={t('message.no-recipient-text')}
    />
  );
}
