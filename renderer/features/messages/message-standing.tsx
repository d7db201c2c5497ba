import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  DebtorCard,
  MessageChannel,
  MessagePreview,
  TextProblem,
} from '#shared/contract/index.ts';
import { formatBytes } from '../../app/format/bytes.ts';
import { useServices } from '../../app/services.ts';
import { Button, Field, Input } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { packName } from '../debtor-card/pack-name.ts';
import { PermissionAnswer } from '../debtor-card/permission-answer.tsx';
import { refusedText } from '../debtor-card/permission-text.ts';
import type { Recipient } from './message-draft.ts';
import styles from './message-standing.module.css';
import { problemText } from './problem-text.ts';
import { isPermitted } from './sendable.ts';

/** What the message itself has against being sent: gaps, words, size, and who is on the line. */
export function WordsStanding({
  preview,
  reason,
  onReason,
  onAddMissing,
}: {
  preview: MessagePreview;
  reason: string;
  onReason: (reason: string) => void;
  /** writes what a rule misses into the words; null: nothing that could be written by itself */
  onAddMissing: (() => void) | null;
}) {
  const { t, i18n } = useTranslation();
  const { missing, problems, bytes, maxBytes, needsIdentification } = preview;
  const tooLarge = maxBytes !== null && bytes > maxBytes;
  if (missing.length + problems.length === 0 && !tooLarge && !needsIdentification) return null;
  return (
    <div className={styles.standing}>
      {missing.length > 0 ? (
        <Notice tone="stop" title={t('message.missing')}>
          {missing.map((field) => t(`message-field.${field}`)).join(', ')}
        </Notice>
      ) : null}
      <Problems problems={problems} onAddMissing={onAddMissing} />
      {tooLarge ? (
        <Notice tone="stop" title={t('message.too-large')}>
          {t('message.bytes-of', {
            bytes: formatBytes(bytes, i18n.language),
            most: formatBytes(maxBytes, i18n.language),
          })}
        </Notice>
      ) : null}
      {needsIdentification ? <Identification reason={reason} onReason={onReason} /> : null}
    </div>
  );
}

/** Which rule says no, until when, and how a lead is asked for an exception. */
export function RulesStanding({
  card,
  channel,
  recipient,
  dueAt,
}: {
  card: DebtorCard;
  channel: MessageChannel;
  recipient: Recipient;
  dueAt: number | null;
}) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const [open, setOpen] = useState(false);
  const panelId = useId();
  const { permission } = recipient;
  const point = card.contactPoints.find((one) => one.contactPointId === recipient.contactPointId);
  if (permission.override !== null) {
    return (
      <Notice tone="talk" title={t('override.granted')}>
        {t('message.uses-exception')}
      </Notice>
    );
  }
  if (permission.allowed) return null;
  const timeZone = point?.timeZones[0] ?? card.timeZones[0] ?? null;
  const text = refusedText(permission, { t, locale: i18n.language, now: clock.now(), timeZone });
  const later = isPermitted(permission, dueAt);
  return (
    <section className={styles.rules} data-refused={later ? undefined : true}>
      <Notice
        tone={later || permission.nextAllowedAt !== null ? 'wait' : 'stop'}
        title={t(later ? 'message.allowed-then' : 'message.refused')}
      >
        <p>{text}</p>
        {point === undefined ? null : (
          <Button
            look="quiet"
            aria-expanded={open}
            aria-controls={panelId}
            onClick={() => setOpen((now) => !now)}
          >
            {t(permission.overridable ? 'message.why-or-exception' : 'message.why')}
          </Button>
        )}
      </Notice>
      <div id={panelId} hidden={!open} className={styles.answer}>
        {open && point ? <PermissionAnswer card={card} point={point} channel={channel} /> : null}
      </div>
    </section>
  );
}

/** What the content rules have against the words; those that only warn are said as well. */
function Problems({
  problems,
  onAddMissing,
}: {
  problems: readonly TextProblem[];
  onAddMissing: (() => void) | null;
}) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  const blocking = problems.some(({ blocks }) => blocks);
  return (
    <Notice
      tone={blocking ? 'stop' : 'wait'}
      title={t(blocking ? 'message.words-refused' : 'message.words-warned')}
      live
      action={
        onAddMissing === null ? null : (
          <Button onClick={onAddMissing}>{t('message.add-missing')}</Button>
        )
      }
    >
      <ul className={styles.problems}>
        {problems.map((problem) => (
          <li key={`${problem.rule} ${problem.problem} ${problem.element}`}>
            {problemText(problem, t)}
            <Source>
              {[problem.rule, problem.source, problem.pack ? packName(problem.pack, t) : null]}
            </Source>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Source({ children }: { children: (string | null)[] }): ReactNode {
  const parts = children.filter(Boolean);
  return parts.length > 0 ? <span className={styles.source}>{parts.join(' · ')}</span> : null;
}

/** It names the debt, and nobody knows who listens: it goes out only with a reason, which is kept. */
function Identification({
  reason,
  onReason,
}: {
  reason: string;
  onReason: (reason: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <Notice tone="wait" title={t('message.not-identified')}>
      <Field label={t('message.why-anyway')} hint={t('party.reveal-hint')}>
        <Input
          maxLength={2_000}
          value={reason}
          onChange={(event) => onReason(event.currentTarget.value)}
        />
      </Field>
    </Notice>
  );
}

/** What the law wants to stand in it; the text was checked for it, and a lawyer may want to see which rules they are. */
export function Owed({ preview }: { preview: MessagePreview }) {
  const { t } = useTranslation();
  const included = preview.obligations.filter(({ what }) => what === 'include');
  const avoided = preview.obligations.filter(({ what }) => what === 'avoid');
  const others = preview.obligations.filter(({ what }) => what === 'firstNotice');
  const words = (list: typeof included): string =>
    [...new Set(list.map(({ element }) => t(`say.element-${element}`)))].join(', ');
  if (included.length + avoided.length + others.length === 0) return null;
  return (
    <ul className={styles.owed}>
      {included.length > 0 ? <li>{t('message.must-say', { elements: words(included) })}</li> : null}
      {avoided.length > 0 ? (
        <li>{t('message.must-not-say', { elements: words(avoided) })}</li>
      ) : null}
      {[...new Set(others.map(({ what }) => what))].map((what) => (
        <li key={what}>{t(`say.what-${what}`)}</li>
      ))}
    </ul>
  );
}
