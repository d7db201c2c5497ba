import { X } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput, DebtorCard, MessageChannel } from '#shared/contract/index.ts';
import { navigate } from '../../app/router.ts';
import { Button, IconButton } from '../../components/index.ts';
import { standingOf } from '../debtor-card/permission-text.ts';
import { MessageSheet } from '../messages/index.ts';
import type { Work } from '../work/work-context.ts';
import { channelIcons } from './channel-icon.tsx';
import styles from './reply.module.css';

const channels: readonly MessageChannel[] = ['sms', 'mms', 'email'];
type Replies = CommandOutput<'inbox.thread'>['replies'];

/** The answer, written under the conversation: first the way that the debtor used last. Its words outlive it. */
export function Reply({
  card,
  veiled,
  conversation,
  onClose,
}: {
  /** veiled while nobody was identified in a call with this debtor */
  card: DebtorCard;
  veiled: boolean;
  conversation: CommandOutput<'inbox.thread'>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { replies, items } = conversation;
  const [channel, setChannel] = useState<MessageChannel>(replies[0]?.channel ?? 'sms');
  const answered = replies.find((one) => one.channel === channel);
  const subject =
    channel === 'email'
      ? items.findLast((item) => item.direction === 'in' && item.subject)?.subject
      : null;
  const work = useMemo<Work>(
    () => ({
      card,
      draftKey: card.debtorId,
      withOutcome: false,
      veiled,
      opened: null,
      open: (sheet) => {
        const other = channels.find((one) => one === sheet.kind);
        if (other) setChannel(other);
        else navigate(`/debtor/${card.debtorId}`);
      },
      close: onClose,
      container: null,
      setContainer: () => {},
    }),
    [card, veiled, onClose],
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc leaves it from any of its fields
    <div className={styles.reply} onKeyDown={onKeyDown} data-reply="">
      <div className={styles.head}>
        <fieldset className={styles.channels}>
          <legend className="visually-hidden">{t('inbox.reply-by')}</legend>
          {channels.map((one) => (
            <Button
              key={one}
              look="quiet"
              pressed={one === channel}
              icon={<Mark channel={one} />}
              onClick={() => setChannel(one)}
            >
              {t(`channel.${one}`)}
              <StandingWord replies={replies} channel={one} />
            </Button>
          ))}
        </fieldset>
        <IconButton
          label={t('common.close')}
          shortcut="Escape"
          icon={<X size={16} aria-hidden="true" />}
          onClick={onClose}
        />
      </div>
      <div className={styles.body}>
        <MessageSheet
          key={channel}
          desk
          work={work}
          channel={channel}
          {...(answered ? { contactPointId: answered.contactPointId } : {})}
          {...(subject ? { subject } : {})}
        />
      </div>
    </div>
  );
}

function Mark({ channel }: { channel: MessageChannel }) {
  const Icon = channelIcons[channel];
  return Icon ? <Icon size={14} aria-hidden="true" /> : null;
}

/** Whether this way is open now, before it is chosen. */
function StandingWord({ replies, channel }: { replies: Replies; channel: MessageChannel }) {
  const { t } = useTranslation();
  const own = replies.filter((one) => one.channel === channel);
  if (own.length === 0) return null;
  const open = own.some(({ permission }) =>
    ['allowed', 'byOverride'].includes(standingOf(permission)),
  );
  return open ? null : <span className={styles.not}> · {t('inbox.not-now')}</span>;
}
