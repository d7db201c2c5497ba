import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput, Person } from '#shared/contract/index.ts';
import { formatDateTime } from '../../app/format/index.ts';
import { CopyField } from '../../components/copy-field.tsx';
import { IconButton, Panel } from '../../components/index.ts';
import styles from './invite-link.module.css';

export type Invitation = CommandOutput<'access.invite'> & { person: Person };

/** The link that logs one person in once. It is kept nowhere: closed is gone. */
export function InviteLink({
  invitation,
  onClose,
}: {
  invitation: Invitation;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const name = invitation.person.displayName;
  return (
    <Panel
      title={t('people.link-for', { name })}
      className={styles.panel}
      actions={
        <IconButton
          label={t('people.link-close')}
          icon={<X size={16} aria-hidden="true" />}
          onClick={onClose}
        />
      }
    >
      <CopyField
        label={t('people.link')}
        value={invitation.url}
        hint={t('people.link-hint', {
          name,
          time: formatDateTime(invitation.expiresAt, i18n.language),
        })}
      />
    </Panel>
  );
}
