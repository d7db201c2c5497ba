import { CornerUpLeft, RefreshCw, RotateCcw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Interaction, Message, MessageChannel } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button } from '../../components/index.ts';
import { useWork } from '../work/work-context.ts';
import styles from './message-actions.module.css';

const replyChannels: readonly string[] = ['sms', 'mms', 'email'] satisfies MessageChannel[];

/** What can be done with a message in its place: answer it, take it back, send it again, ask what became of it. */
export function MessageActions({
  message,
  item,
}: {
  message: Message | null;
  /** its line of the history; absent: it has none yet */
  item?: Interaction;
}) {
  const { t } = useTranslation();
  const work = useWork();
  const cancel = useCommand('message.cancel');
  const again = useCommand('message.send-again');
  const ask = useCommand('message.query');
  const mayReply =
    item !== undefined && item.direction === 'in' && replyChannels.includes(item.channel);
  const state = message?.state ?? null;
  const failed = state === 'failed' || state === 'expired';
  if (!mayReply && state !== 'queued' && state !== 'unknown' && !failed) return null;
  const messageId = message?.messageId;
  const done = async (answer: Promise<unknown>, said: string): Promise<void> => {
    if ((await answer) !== null) announce(said);
  };
  return (
    <div className={styles.actions}>
      {mayReply && work ? (
        <Button
          look="quiet"
          icon={<CornerUpLeft size={14} aria-hidden="true" />}
          onClick={() =>
            work.open({
              kind: item.channel as MessageChannel,
              ...(item.contactPointId ? { contactPointId: item.contactPointId } : {}),
              ...(item.subject ? { subject: item.subject } : {}),
            })
          }
        >
          {t('message.reply')}
        </Button>
      ) : null}
      {messageId && state === 'queued' ? (
        <Button
          look="quiet"
          disabled={cancel.busy}
          icon={<X size={14} aria-hidden="true" />}
          onClick={() => void done(cancel.run({ messageId }), t('message.cancelled'))}
        >
          {t('message.cancel')}
        </Button>
      ) : null}
      {messageId && failed ? (
        <Button
          look="quiet"
          disabled={again.busy}
          icon={<RotateCcw size={14} aria-hidden="true" />}
          onClick={() => void done(again.run({ messageId }), t('message.sent-again'))}
        >
          {t('message.send-again')}
        </Button>
      ) : null}
      {messageId && state === 'unknown' ? (
        <Button
          look="quiet"
          disabled={ask.busy}
          icon={<RefreshCw size={14} aria-hidden="true" />}
          onClick={() => void done(ask.run({ messageId }), t('message.asked'))}
        >
          {t('message.ask')}
        </Button>
      ) : null}
    </div>
  );
}
