import {
  BellOff,
  Check,
  Mail,
  MailOpen,
  Reply,
  RotateCcw,
  UserRound,
  UserSearch,
} from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InboxThread } from '#shared/contract/index.ts';
import type { PersonId } from '#shared/domain/index.ts';
import { formatWhen } from '../../app/format/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { toHash } from '../../app/router.ts';
import { useAgent, useConnection, useServices } from '../../app/services.ts';
import { Badge, Button, IconButton, Menu, Phone, StatusDot } from '../../components/index.ts';
import { SnoozeButton } from './snooze-button.tsx';
import type { ThreadActions } from './thread-actions.ts';
import styles from './thread-header.module.css';
import { peerText } from './thread-words.ts';

/** Whose the conversation is, how it stands, and everything that can be done with it, each by a key. */
export function ThreadHeader({
  thread,
  actions,
  onReply,
  onMatch,
}: {
  thread: InboxThread;
  actions: ThreadActions;
  /** null: nobody's yet, so nobody may be written to */
  onReply: (() => void) | null;
  onMatch: () => void;
}) {
  const { t } = useTranslation();
  const ownId = useConnection((view) => view.principal?.personId ?? null);
  const [snoozing, setSnoozing] = useState(false);
  const mine = thread.assignedTo !== null && thread.assignedTo === ownId;
  const open = thread.state === 'open';
  const toMe = (): void => actions.assignToMe(thread);
  const finish = (): void => (thread.state === 'done' ? actions.reopen : actions.done)(thread);
  const unread = (): void => actions.markRead(thread, thread.unread > 0);
  const snooze = (): void => setSnoozing(true);
  useKeys({ A: toMe, E: finish, U: unread, Z: snooze });
  return (
    <header className={styles.header}>
      <div className={styles.who}>
        <h2 className={styles.name}>
          {thread.debtorId === null ? (
            <bdi>{peerText(thread.peer, t)}</bdi>
          ) : (
            <a href={toHash(`/debtor/${thread.debtorId}`)}>
              <bdi>{thread.displayName}</bdi>
            </a>
          )}
        </h2>
        <p className={styles.facts}>
          {thread.debtorId !== null && thread.peer ? <Phone number={thread.peer} /> : null}
          {thread.debtorId === null ? <Badge tone="wait">{t('inbox.view-unmatched')}</Badge> : null}
          <Standing thread={thread} />
          <Assigned thread={thread} mine={mine} actions={actions} />
        </p>
      </div>
      <div className={styles.actions}>
        {onReply ? (
          <Button
            look={open ? 'primary' : 'plain'}
            shortcut="R"
            icon={<Reply size={14} aria-hidden="true" />}
            onClick={onReply}
          >
            {t('inbox.reply')}
          </Button>
        ) : (
          <Button
            look="primary"
            shortcut="M"
            icon={<UserSearch size={14} aria-hidden="true" />}
            onClick={onMatch}
          >
            {t('inbox.match')}
          </Button>
        )}
        <Button
          shortcut="A"
          pressed={mine}
          icon={<UserRound size={14} aria-hidden="true" />}
          onClick={toMe}
        >
          {t('inbox.take')}
        </Button>
        <SnoozeButton
          open={snoozing}
          onOpenChange={setSnoozing}
          onSnooze={(until, when) => actions.snooze(thread, until, when)}
          onWake={thread.state === 'snoozed' ? () => actions.reopen(thread) : null}
        />
        <Button
          shortcut="E"
          icon={
            thread.state === 'done' ? (
              <RotateCcw size={14} aria-hidden="true" />
            ) : (
              <Check size={14} aria-hidden="true" />
            )
          }
          onClick={finish}
        >
          {t(thread.state === 'done' ? 'inbox.reopen' : 'inbox.finish')}
        </Button>
        <IconButton
          label={t(thread.unread > 0 ? 'inbox.mark-read' : 'inbox.mark-unread')}
          shortcut="U"
          icon={
            thread.unread > 0 ? (
              <MailOpen size={16} aria-hidden="true" />
            ) : (
              <Mail size={16} aria-hidden="true" />
            )
          }
          onClick={unread}
        />
      </div>
    </header>
  );
}

function Standing({ thread }: { thread: InboxThread }) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  if (thread.state === 'done') return <StatusDot tone="talk" label={t('inbox.view-done')} />;
  if (thread.state === 'snoozed' && thread.snoozedUntil !== null) {
    return (
      <span className={styles.fact}>
        <BellOff size={12} aria-hidden="true" />
        {t('inbox.until', { when: formatWhen(thread.snoozedUntil, clock.now(), i18n.language) })}
      </span>
    );
  }
  return null;
}

/** Who cares for it. A lead may give it to anybody; the menu is the same for all, and the engine says no to the others. */
function Assigned({
  thread,
  mine,
  actions,
}: {
  thread: InboxThread;
  mine: boolean;
  actions: ThreadActions;
}) {
  const { t } = useTranslation();
  const mayGive = useConnection((view) => view.principal?.role !== 'agent');
  const everyone = useAgent((view) => view.everyone);
  const people = useMemo(
    () => Object.values(everyone).sort((a, b) => a.displayName.localeCompare(b.displayName)),
    [everyone],
  );
  const words =
    thread.assignedTo === null
      ? t('inbox.nobody')
      : mine
        ? t('inbox.yours')
        : (thread.assignedToName ?? t('inbox.somebody'));
  if (!mayGive) return <span>{words}</span>;
  return (
    <Menu
      trigger={
        <button type="button" className={styles.assigned}>
          <UserRound size={12} aria-hidden="true" />
          {words}
        </button>
      }
      items={[
        { id: 'heading', heading: t('inbox.give-to') },
        ...people.map((person) => ({
          id: person.personId,
          label: person.displayName,
          chosen: person.personId === thread.assignedTo,
          onSelect: () => actions.assign(thread, person.personId as PersonId, person.displayName),
        })),
        { id: 'line', separator: true as const },
        {
          id: 'nobody',
          label: t('inbox.nobody'),
          chosen: thread.assignedTo === null,
          onSelect: () => actions.assign(thread, null, null),
        },
      ]}
    />
  );
}
