import { UserPlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput, Person } from '#shared/contract/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Field, Input, Panel, Select } from '../../components/index.ts';
import styles from './add-person.module.css';
import { type PersonRole, roles } from './roles.ts';

/** A new person and, at once, the link with which they come in. */
export function AddPerson({
  onAdded,
}: {
  onAdded: (person: Person, invited: CommandOutput<'access.invite'> | null) => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [role, setRole] = useState<PersonRole>('agent');
  const [tried, setTried] = useState(false);
  const add = useCommand('access.add-person');
  const invite = useCommand('access.invite');
  const busy = add.busy || invite.busy;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || busy) return;
    const person = await add.run({ displayName: name.trim(), role });
    if (person === null) return;
    setName('');
    setTried(false);
    onAdded(person, await invite.run({ personId: person.personId }));
  };
  return (
    <Panel title={t('people.add')}>
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <Field
          label={t('people.name')}
          className={styles.name}
          error={tried && name.trim() === '' ? t('people.name-needed') : null}
        >
          <Input
            maxLength={120}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('people.role')} hint={t(roleHints[role])} className={styles.role}>
          <Select<PersonRole>
            value={role}
            onChange={setRole}
            options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
          />
        </Field>
        <Button
          type="submit"
          look="primary"
          className={styles.submit}
          aria-disabled={busy}
          icon={<UserPlus size={14} aria-hidden="true" />}
        >
          {t('people.add-and-invite')}
        </Button>
      </form>
    </Panel>
  );
}

const roleHints: Record<PersonRole, string> = {
  agent: 'people.role-agent',
  lead: 'people.role-lead',
  admin: 'people.role-admin',
};
