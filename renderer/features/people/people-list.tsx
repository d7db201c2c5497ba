import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { ErrorState, Panel, Skeleton, Switch } from '../../components/index.ts';
import { AddPerson } from './add-person.tsx';
import { type Invitation, InviteLink } from './invite-link.tsx';
import styles from './people-list.module.css';
import { PersonRow } from './person-row.tsx';

/** Everybody who works here. Machines are not people and are not shown. */
export function PeopleList({ mayEdit }: { mayEdit: boolean }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const data = useQueryData('access.list-people', {});
  const { reload } = data;
  const [showInactive, setShowInactive] = useState(false);
  const [invitation, setInvitation] = useState<Invitation | null>(null);

  useEffect(() => client.on('access.person-changed', reload), [client, reload]);

  if (data.value === null) {
    return data.state === 'failed' ? (
      <ErrorState text={errorText(data.error, t)} onRetry={reload} />
    ) : (
      <Skeleton lines={6} />
    );
  }
  const people = data.value.people.filter((person) => person.role !== 'machine');
  const inactive = people.filter((person) => !person.active).length;
  const shown = people.filter((person) => person.active || showInactive).sort(byName);
  return (
    <>
      {mayEdit ? (
        <AddPerson
          onAdded={(person, invited) => {
            reload();
            if (invited) setInvitation({ ...invited, person });
          }}
        />
      ) : null}
      {invitation ? (
        <InviteLink invitation={invitation} onClose={() => setInvitation(null)} />
      ) : null}
      <Panel
        title={t('people.count', { count: people.length - inactive })}
        flush
        actions={
          inactive > 0 ? (
            <Switch
              label={t('people.show-inactive', { count: inactive })}
              checked={showInactive}
              onChange={setShowInactive}
            />
          ) : null
        }
      >
        <ul className={styles.list}>
          {shown.map((person) => (
            <PersonRow
              key={person.personId}
              person={person}
              mayEdit={mayEdit}
              onChanged={reload}
              onInvited={setInvitation}
            />
          ))}
        </ul>
      </Panel>
    </>
  );
}

function byName(a: Person, b: Person): number {
  return a.displayName.localeCompare(b.displayName);
}
