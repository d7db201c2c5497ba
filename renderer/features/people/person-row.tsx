import { EllipsisVertical, KeyRound, Link2, UserCheck, UserX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#shared/contract/index.ts';
import { useConnection } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Badge, Button, Confirm, IconButton, Menu, Select, toast } from '../../components/index.ts';
import type { Invitation } from './invite-link.tsx';
import styles from './person-row.module.css';
import { type PersonRole, roles } from './roles.ts';

type Question = 'deactivate' | 'revoke';

/** One person: role, invitation, and ending their access. One's own role and access are left to others. */
export function PersonRow({
  person,
  mayEdit,
  onChanged,
  onInvited,
}: {
  person: Person;
  mayEdit: boolean;
  onChanged: () => void;
  onInvited: (invitation: Invitation) => void;
}) {
  const { t } = useTranslation();
  const own = useConnection((view) => view.principal?.personId === person.personId);
  const [asking, setAsking] = useState<Question | null>(null);
  const update = useCommand('access.update-person');
  const invite = useCommand('access.invite');
  const revoke = useCommand('access.revoke');
  const { personId, displayName } = person;

  const setRole = async (role: PersonRole): Promise<void> => {
    if (await update.run({ personId, role })) onChanged();
  };
  const setActive = async (active: boolean): Promise<void> => {
    setAsking(null);
    if (await update.run({ personId, active })) onChanged();
  };
  const makeLink = async (): Promise<void> => {
    const made = await invite.run({ personId });
    if (made) onInvited({ ...made, person });
  };
  const endAccess = async (): Promise<void> => {
    setAsking(null);
    const ended = await revoke.run({ personId });
    if (ended) toast('done', t('people.revoked', { name: displayName, count: ended.revoked }));
  };

  return (
    <li className={styles.row} data-inactive={!person.active}>
      <div className={styles.who}>
        <span className={styles.name}>
          {displayName}
          {own ? <Badge>{t('people.you')}</Badge> : null}
          {person.active ? null : <Badge tone="wait">{t('people.inactive')}</Badge>}
        </span>
        <span className={styles.faint}>{t('people.sip-user', { user: person.sipUser })}</span>
      </div>
      {mayEdit && !own && person.active ? (
        <Select<PersonRole>
          className={styles.role}
          label={t('people.role-of', { name: displayName })}
          value={person.role as PersonRole}
          disabled={update.busy}
          onChange={(role) => void setRole(role)}
          options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        />
      ) : (
        <span className={styles.roleText}>{t(`role.${person.role}`)}</span>
      )}
      {mayEdit ? (
        <div className={styles.actions}>
          {person.active ? (
            <Button
              disabled={invite.busy}
              icon={<Link2 size={14} aria-hidden="true" />}
              aria-label={t('people.invite-of', { name: displayName })}
              onClick={() => void makeLink()}
            >
              {t('people.invite')}
            </Button>
          ) : (
            <Button
              disabled={update.busy}
              icon={<UserCheck size={14} aria-hidden="true" />}
              aria-label={t('people.activate-of', { name: displayName })}
              onClick={() => void setActive(true)}
            >
              {t('people.activate')}
            </Button>
          )}
          <More name={displayName} disabled={own || !person.active} onAsk={setAsking} />
        </div>
      ) : null}
      <Confirm
        open={asking !== null}
        destructive
        title={t(asking === 'revoke' ? 'people.revoke-question' : 'people.deactivate-question', {
          name: displayName,
        })}
        text={t(asking === 'revoke' ? 'people.revoke-text' : 'people.deactivate-text')}
        action={t(asking === 'revoke' ? 'people.revoke' : 'people.deactivate')}
        onConfirm={() => void (asking === 'revoke' ? endAccess() : setActive(false))}
        onCancel={() => setAsking(null)}
      />
    </li>
  );
}

function More({
  name,
  disabled,
  onAsk,
}: {
  name: string;
  disabled: boolean;
  onAsk: (question: Question) => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          label={t('people.more', { name })}
          disabled={disabled}
          icon={<EllipsisVertical size={16} aria-hidden="true" />}
        />
      }
      items={[
        {
          id: 'revoke',
          label: t('people.revoke'),
          icon: <KeyRound size={14} aria-hidden="true" />,
          onSelect: () => onAsk('revoke'),
        },
        {
          id: 'deactivate',
          label: t('people.deactivate'),
          icon: <UserX size={14} aria-hidden="true" />,
          onSelect: () => onAsk('deactivate'),
        },
      ]}
    />
  );
}
