import { useTranslation } from 'react-i18next';
import type { PersonId } from '#shared/domain/index.ts';
import { errorText } from '../../app/errors.ts';
import { toHash } from '../../app/router.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { ErrorState, Select, Skeleton } from '../../components/index.ts';
import styles from './agent-choice.module.css';

/** Who takes the calls: everyone who is an agent, now and later, or the people chosen here. */
export function AgentChoice({
  personIds,
  onChange,
}: {
  /** empty: everyone */
  personIds: readonly string[];
  onChange: (personIds: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const data = useQueryData('access.list-people', {});
  if (data.value === null) {
    return data.state === 'failed' ? (
      <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />
    ) : (
      <Skeleton lines={2} />
    );
  }
  const people = data.value.people.filter(
    (person) => person.role !== 'machine' && (person.active || personIds.includes(person.personId)),
  );
  const everyone = personIds.length === 0;
  const toggle = (personId: PersonId, chosen: boolean): void => {
    const next = chosen ? [...personIds, personId] : personIds.filter((one) => one !== personId);
    // nobody is no choice: a campaign without agents cannot call
    if (next.length > 0) onChange(next);
  };
  return (
    <>
      <Select
        label={t('campaign.agents')}
        value={everyone ? 'everyone' : 'chosen'}
        onChange={(value) =>
          onChange(
            value === 'everyone'
              ? []
              : people
                  .filter((one) => one.role === 'agent' && one.active)
                  .map((one) => one.personId),
          )
        }
        options={[
          { value: 'everyone', label: t('campaign.agents-everyone') },
          { value: 'chosen', label: t('campaign.agents-chosen') },
        ]}
      />
      {everyone ? null : (
        <ul className={styles.people}>
          {people.map((person) => (
            <li key={person.personId}>
              <Checkbox
                label={
                  <>
                    {person.displayName}{' '}
                    <span className={styles.faint}>
                      {t(`role.${person.role}`)}
                      {person.active ? '' : ` · ${t('campaign.inactive')}`}
                    </span>
                  </>
                }
                checked={personIds.includes(person.personId)}
                onChange={(chosen) => toggle(person.personId, chosen)}
              />
            </li>
          ))}
        </ul>
      )}
      <a className={styles.link} href={toHash('/people')}>
        {t('campaign.manage-people')}
      </a>
    </>
  );
}
