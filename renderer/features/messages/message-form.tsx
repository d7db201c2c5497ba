import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageChannel } from '#shared/contract/index.ts';
import type { CallId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { toast } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import type { FormDraft } from '../work/use-form-draft.ts';
import { useSheetKeys } from '../work/use-sheet-keys.ts';
import type { Work } from '../work/work-context.ts';
import { AttachMenu } from './attach-menu.tsx';
import { Folded } from './folded.tsx';
import { LanguageChoice } from './language-choice.tsx';
import {
  choiceOf,
  type MessageDraft,
  type MessageOffer,
  neighbour,
  previewInput,
  withTemplate,
} from './message-draft.ts';
import styles from './message-form.module.css';
import { MessagePreviewPart } from './message-preview.tsx';
import { Owed, RulesStanding, WordsStanding } from './message-standing.tsx';
import { missingWords, withWords } from './missing-words.ts';
import { addressText, RecipientList } from './recipient-list.tsx';
import { dueAtOf, proposedTime } from './schedule.tsx';
import { SendButton } from './send-button.tsx';
import { obstacleOf } from './sendable.ts';
import { TemplateList } from './template-list.tsx';
import { focusChosen, useChosenFirst } from './use-chosen-first.ts';
import { usePreview } from './use-preview.ts';
import { useSendKeys } from './use-send-keys.ts';
import { useSendWhenReady } from './use-send-when-ready.ts';

/** the key that opens the sheet, and pressed again sends */
export const channelKeys: Record<MessageChannel, string> = { sms: 'S', mms: 'M', email: 'E' };

/** Whom, which template, how it looks, whether it may go: all of it in sight, each part by a key. */
export function MessageForm({
  work,
  channel,
  offer,
  draft: form,
  inboxThreadId,
  callId,
  desk = false,
  onSent,
}: {
  work: Work;
  channel: MessageChannel;
  offer: MessageOffer;
  draft: FormDraft<MessageDraft>;
  inboxThreadId: string | null;
  callId: CallId | null;
  /** beside a list that has letters and arrows of its own: only Ctrl or ⌘ with Enter sends */
  desk?: boolean;
  onSent: () => void;
}) {
  const { t } = useTranslation();
  const { clock } = useServices();
  const { card, veiled } = work;
  const draft = form.value;
  const area = useRef<HTMLTextAreaElement>(null);
  const root = useRef<HTMLDivElement>(null);
  useChosenFirst(root, !desk);
  const [turn, setTurn] = useState(0);
  const choice = choiceOf(draft, offer, veiled);
  const { template, recipient } = choice;
  const input = previewInput({ debtorId: card.debtorId, channel, inboxThreadId }, draft, choice);
  const { preview, current, error } = usePreview(input, offer, turn);
  const { run, busy } = useCommand('message.send');
  const sending = useRef(false);
  const dueAt = dueAtOf(draft.later, card);
  const now = clock.now();
  const ownWords = template === null;
  /** the words would tell whoever looks over the shoulder what nobody was identified for */
  const hidden = veiled && !ownWords && (preview?.discloses ?? true);
  const obstacle = hidden
    ? 'veiled'
    : obstacleOf({ offer, draft, choice, preview, current, dueAt, now });

  const typed = ownWords ? draft.ownText : draft.text;
  const addable = typed === null || preview === null ? [] : missingWords(preview.problems, typed);
  const addMissing = (): void => {
    const words = withWords(typed ?? '', addable, channel);
    form.change(ownWords ? { ownText: words } : { text: words });
    setEditTurn((count) => count + 1);
  };
  /** what there is to be said about it: not of own words that nobody has looked at yet */
  const judged = hidden || (ownWords && !current) ? null : preview;

  const choose = (templateId: string): void => {
    if (templateId !== (template?.templateId ?? '')) form.change(withTemplate(draft, templateId));
  };
  const edit = (): void => {
    if (!offer.freeText || hidden) return;
    if (draft.text === null && !ownWords && preview !== null) {
      form.change({ text: preview.text, subject: preview.subject });
    }
    setEditTurn((count) => count + 1);
  };
  const [editTurn, setEditTurn] = useState(0);
  useEffect(() => {
    const field = area.current;
    if (field === null || (editTurn === 0 && !desk)) return;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }, [editTurn, desk]);

  const send = async (): Promise<void> => {
    if (obstacle !== null || sending.current || recipient === null) return;
    sending.current = true;
    const reason = draft.reason.trim();
    const sent = await run({
      ...input,
      ...(callId === null ? {} : { callId }),
      ...(dueAt === null ? {} : { dueAt }),
      ...(reason === '' ? {} : { revealReason: reason }),
    });
    sending.current = false;
    if (sent === null) {
      setTurn((count) => count + 1);
      return;
    }
    const to = addressText(sent.to);
    announce(t(dueAt === null ? 'message.announce-sending' : 'message.announce-queued', { to }));
    if (dueAt !== null) toast('done', t('message.queued-toast'));
    onSent();
  };
  const { ask: sendNow, waiting } = useSendWhenReady(
    obstacle,
    JSON.stringify([input, dueAt, draft.reason]),
    () => void send(),
  );
  useSendKeys(sendNow, !desk);
  const toTemplate = (step: 1 | -1) => (): void => {
    const list = [
      ...offer.templates.map(({ templateId }) => templateId as string),
      ...(offer.freeText ? [''] : []),
    ];
    const next = neighbour(list, (template?.templateId ?? '') as string, step);
    if (next !== null) choose(next);
  };
  const toRecipient = (step: 1 | -1) => (): void => {
    const next = neighbour(offer.recipients, recipient, step);
    if (next) form.change({ contactPointId: next.contactPointId });
  };
  const toggleLater = (): void =>
    form.change({ later: draft.later === null ? proposedTime(recipient, card, now) : null });
  useSheetKeys({
    ...Object.fromEntries(
      offer.templates
        .slice(0, 9)
        .map(({ templateId }, index) => [String(index + 1), () => choose(templateId)]),
    ),
    ...(offer.freeText ? { '0': () => choose(''), T: edit } : {}),
    ...(desk
      ? {}
      : {
          ...switchKeys(channel, work),
          [channelKeys[channel]]: sendNow,
          ArrowDown: toTemplate(1),
          ArrowUp: toTemplate(-1),
          ...(offer.recipients.length > 1
            ? { ArrowRight: toRecipient(1), ArrowLeft: toRecipient(-1) }
            : {}),
        }),
    L: toggleLater,
  });

  // beside a conversation there is little room: what is typed stays in its place when something is said about it
  const wordsStanding =
    judged === null ? null : (
      <WordsStanding
        preview={judged}
        reason={draft.reason}
        onReason={(reason) => form.change({ reason })}
        onAddMissing={addable.length > 0 ? addMissing : null}
      />
    );

  return (
    <div className={styles.form} ref={root}>
      <RecipientList
        recipients={offer.recipients}
        chosen={recipient}
        onChoose={(contactPointId) => form.change({ contactPointId })}
      />
      {recipient ? (
        <RulesStanding card={card} channel={channel} recipient={recipient} dueAt={dueAt} />
      ) : null}
      {offer.templates.length > 0 ? (
        <Folded fold={desk} open={!ownWords} count={offer.templates.length}>
          <TemplateList
            templates={offer.templates}
            chosen={template}
            freeText={offer.freeText}
            onChoose={choose}
          />
        </Folded>
      ) : (
        <p className={styles.hint}>
          {t(offer.freeText ? 'message.no-template' : 'message.no-template-no-text')}
        </p>
      )}
      {desk ? null : wordsStanding}
      {template !== null && !hidden && draft.text === null ? (
        <LanguageChoice
          channel={channel}
          template={template}
          chosen={preview?.language ?? template.language}
          onChoose={(language) => form.change({ language })}
        />
      ) : null}
      {error === null ? null : <Notice tone="stop" title={errorText(error, t)} live />}
      {hidden ? (
        <Notice tone="wait" title={t('message.veiled')}>
          {t('message.veiled-text')}
        </Notice>
      ) : ownWords && !offer.freeText ? null : (
        <MessagePreviewPart
          channel={channel}
          preview={ownWords && !current ? null : preview}
          draft={draft}
          ownWords={ownWords}
          mayEdit={offer.freeText}
          current={current}
          area={area}
          onChange={(part) => {
            form.change(part);
            // the field that had the focus is gone
            if (part.text === null) focusChosen(root.current);
          }}
          onEdit={edit}
          onRemoveMedia={(documentId) =>
            form.change({
              attachments: attached().filter((one) => one !== documentId),
            })
          }
        />
      )}
      {desk ? wordsStanding : null}
      {channel !== 'sms' && !veiled ? (
        <AttachMenu
          card={card}
          channel={channel}
          disabled={draft.attachments === null && preview?.filesPending === true}
          onAttached={(media) => form.change({ attachments: [...attached(), media.documentId] })}
        />
      ) : null}
      {judged === null ? null : <Owed preview={judged} />}
      <SendButton
        channel={channel}
        card={card}
        preview={preview}
        recipient={recipient}
        obstacle={obstacle}
        later={draft.later}
        dueAt={dueAt}
        busy={busy || waiting}
        letter={desk ? null : channelKeys[channel]}
        onSend={sendNow}
        onLater={(later) => form.change({ later })}
        onSender={(sender) => form.change({ sender })}
      />
    </div>
  );

  /** ids of what goes with it now */
  function attached(): readonly string[] {
    return draft.attachments ?? preview?.attachments.map(({ documentId }) => documentId) ?? [];
  }
}

/** The other kinds of messages are one key away. */
function switchKeys(channel: MessageChannel, work: Work): Record<string, () => void> {
  return Object.fromEntries(
    (Object.keys(channelKeys) as MessageChannel[])
      .filter((other) => other !== channel)
      .map((other) => [channelKeys[other], () => work.open({ kind: other })]),
  );
}
