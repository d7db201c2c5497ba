import { Pencil, Undo2 } from 'lucide-react';
import { type RefObject, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageChannel, MessagePreview } from '#shared/contract/index.ts';
import { usePreference } from '../../app/services.ts';
import { Button, Field, Input, Skeleton, TextArea } from '../../components/index.ts';
import { HtmlBody } from './html-body.tsx';
import { MediaItem } from './media-item.tsx';
import type { MessageDraft } from './message-draft.ts';
import styles from './message-preview.module.css';
import { PartsLine } from './parts-line.tsx';

const mostLetters = 20_000;

/** The message exactly as it will be sent; on demand a field in its place, in which its words are changed. */
export function MessagePreviewPart({
  channel,
  preview,
  draft,
  ownWords,
  mayEdit,
  current,
  area,
  onChange,
  onEdit,
  onRemoveMedia,
}: {
  channel: MessageChannel;
  preview: MessagePreview | null;
  draft: MessageDraft;
  /** without a template */
  ownWords: boolean;
  /** free text is allowed here */
  mayEdit: boolean;
  current: boolean;
  /** where words are typed; a key leads there */
  area: RefObject<HTMLTextAreaElement | null>;
  onChange: (part: Partial<MessageDraft>) => void;
  /** its words become a field */
  onEdit: () => void;
  onRemoveMedia: (documentId: string) => void;
}) {
  const { t } = useTranslation();
  const [singleKeys] = usePreference('singleKeys', true);
  const editing = ownWords || draft.text !== null;
  const typed = ownWords ? draft.ownText : (draft.text ?? '');
  const text = editing ? typed : (preview?.text ?? '');
  // fields are counted by what they will say
  const counted = text.includes('{{') && preview !== null ? preview.text : text;
  return (
    <section
      className={styles.preview}
      aria-label={t('message.preview')}
      aria-busy={!current && !ownWords && preview?.filesPending !== true}
      lang={preview?.language}
    >
      {editing ? (
        <Editor
          channel={channel}
          preview={preview}
          draft={draft}
          ownWords={ownWords}
          area={area}
          onChange={onChange}
        />
      ) : preview === null ? null : (
        <>
          <AsSent channel={channel} preview={preview} />
          {mayEdit ? (
            <Button
              look="quiet"
              className={styles.edit}
              icon={<Pencil size={14} aria-hidden="true" />}
              shortcut={singleKeys ? 'T' : undefined}
              onClick={onEdit}
            >
              {t('message.change-text')}
            </Button>
          ) : null}
        </>
      )}
      {channel === 'sms' ? <PartsLine text={counted} /> : null}
      {channel !== 'sms' && preview?.filesPending && draft.attachments === null ? (
        <div className={styles.pending} role="status">
          <p className={styles.hint}>{t('message.files-pending')}</p>
          <Skeleton lines={channel === 'mms' ? 5 : 1} />
        </div>
      ) : null}
      {channel !== 'sms' &&
      preview !== null &&
      preview.attachments.length > 0 &&
      (current || !ownWords) ? (
        <ul className={styles.media} aria-label={t('message.attachments')}>
          {preview.attachments.map((media) => (
            <MediaItem
              key={media.documentId}
              media={media}
              large={channel === 'mms'}
              onRemove={() => onRemoveMedia(media.documentId)}
            />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function AsSent({ channel, preview }: { channel: MessageChannel; preview: MessagePreview }) {
  const { t } = useTranslation();
  const [plain, setPlain] = useState(false);
  if (channel !== 'email') {
    return (
      <div className={styles.bubble}>
        {preview.subject ? <p className={styles.bubbleSubject}>{preview.subject}</p> : null}
        <p className={styles.words}>{preview.text}</p>
      </div>
    );
  }
  return (
    <div className={styles.mail}>
      <p className={styles.subject}>{preview.subject || t('message.no-subject')}</p>
      {preview.html !== null && !plain ? (
        <HtmlBody html={preview.html} title={t('message.as-it-looks')} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <p className={styles.plain} tabIndex={0}>
          {preview.text}
        </p>
      )}
      {preview.html === null ? null : (
        <Button
          look="quiet"
          className={styles.edit}
          pressed={plain}
          onClick={() => setPlain(!plain)}
        >
          {t('message.as-text')}
        </Button>
      )}
    </div>
  );
}

function Editor({
  channel,
  preview,
  draft,
  ownWords,
  area,
  onChange,
}: {
  channel: MessageChannel;
  preview: MessagePreview | null;
  draft: MessageDraft;
  ownWords: boolean;
  area: RefObject<HTMLTextAreaElement | null>;
  onChange: (part: Partial<MessageDraft>) => void;
}) {
  const { t } = useTranslation();
  const hintId = useId();
  return (
    <div className={styles.editor}>
      {channel === 'sms' ? null : (
        <Field label={t('message.subject')}>
          <Input
            maxLength={300}
            value={ownWords ? draft.ownSubject : (draft.subject ?? preview?.subject ?? '')}
            onChange={(event) => {
              const { value } = event.currentTarget;
              onChange(ownWords ? { ownSubject: value } : { subject: value });
            }}
          />
        </Field>
      )}
      <Field label={t('message.text')}>
        <TextArea
          ref={area}
          rows={channel === 'email' ? 10 : 6}
          maxLength={mostLetters}
          aria-describedby={hintId}
          value={ownWords ? draft.ownText : (draft.text ?? '')}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChange(ownWords ? { ownText: value } : { text: value });
          }}
        />
      </Field>
      <p id={hintId} className={styles.hint}>
        {ownWords
          ? t('message.own-words-hint', { field: '{{total.balance}}' })
          : t('message.changed-hint')}
      </p>
      {ownWords ? null : (
        <Button
          look="quiet"
          className={styles.edit}
          icon={<Undo2 size={14} aria-hidden="true" />}
          onClick={() => onChange({ text: null, subject: null })}
        >
          {t('message.back-to-template')}
        </Button>
      )}
    </div>
  );
}
