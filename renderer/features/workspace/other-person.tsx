import { Check, UserRoundX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '#shared/contract/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { Button, Field, Input } from '../../components/index.ts';
import { useWork } from '../work/index.ts';
import { leaveFieldOnEscape } from '../work/leave-field.ts';
import { identifyKey } from './identity-keys.ts';
import styles from './party-panel.module.css';
import type { PartyActions } from './use-party.ts';

/** Somebody else is on the line: what may be said, what may be asked, and the way back. */
export function OtherPerson({ call, actions }: { call: Call; actions: PartyActions }) {
  const { t } = useTranslation();
  const work = useWork();
  const [relation, setRelation] = useState(actions.party.relation ?? '');
  // it is a flag from then on: lifted there
  const [refuses, setRefuses] = useState(() =>
    Boolean(work?.card.holds.some(({ kind }) => kind === 'refusedThirdPerson')),
  );
  const ended = call.state === 'ended';
  const topics = call.obligations.filter(({ what }) => what === 'limitedTopics');
  useKeys({ [identifyKey]: ended ? null : actions.startOver });
  const saveRelation = (): void => {
    if (relation.trim() !== (actions.party.relation ?? '')) {
      actions.thirdPerson({ relation });
    }
  };
  return (
    <section className={styles.panel} data-state="third" aria-labelledby="party-title">
      <header className={styles.head}>
        <UserRoundX size={18} aria-hidden="true" />
        <div>
          <h2 id="party-title" className={styles.title}>
            {t('party.third')}
          </h2>
          <p className={styles.text}>{t('party.third-text')}</p>
        </div>
      </header>
      {ended ? null : (
        <ul className={styles.topics}>
          <li>{t('party.may-ask')}</li>
          <li>{t('party.may-leave')}</li>
          {topics.map(({ rule, element }) => (
            <li key={`${rule} ${element}`}>
              {t(`party.topic-${element}`, { defaultValue: element ?? '' })} <code>{rule}</code>
            </li>
          ))}
          <li className={styles.never}>{t('party.never-why')}</li>
        </ul>
      )}
      <div className={styles.about}>
        <Field label={t('party.relation')} hint={t('party.relation-hint')}>
          <Input
            maxLength={200}
            value={relation}
            onChange={(event) => setRelation(event.currentTarget.value)}
            onBlur={saveRelation}
            onKeyDown={leaveFieldOnEscape}
          />
        </Field>
        <Button
          pressed={refuses}
          disabled={refuses}
          icon={refuses ? <Check size={14} aria-hidden="true" /> : null}
          onClick={() => {
            setRefuses(true);
            actions.thirdPerson({ relation, refusesContact: true });
          }}
        >
          {t(refuses ? 'party.refuses-set' : 'party.refuses')}
        </Button>
      </div>
      <div className={styles.actions}>
        <Button
          look="primary"
          size="large"
          shortcut="C"
          disabled={work === null}
          onClick={() => work?.open({ kind: 'callback' })}
        >
          {t('party.offer-callback')}
        </Button>
        {ended ? null : (
          <Button size="large" shortcut={identifyKey} onClick={actions.startOver}>
            {t('party.came-to-phone')}
          </Button>
        )}
      </div>
    </section>
  );
}
