import { Check, UserRoundSearch } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '#shared/contract/index.ts';
import { errorText } from '../../app/errors.ts';
import { formatIsoDate } from '../../app/format/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, Kbd } from '../../components/index.ts';
import { checkKeys, type IdentityCheck, identifyKey, otherPersonKey } from './identity-keys.ts';
import styles from './party-panel.module.css';
import { Reveal } from './reveal.tsx';
import type { PartyActions } from './use-party.ts';

/** What to ask, what the answer should be, and one key for each that matched. */
export function Questions({ call, actions }: { call: Call; actions: PartyActions }) {
  const { t, i18n } = useTranslation();
  const [matched, setMatched] = useState<readonly IdentityCheck[]>([]);
  const up = call.state === 'connected' || call.state === 'held';
  // asked of the engine once somebody has answered: before, there is nobody to be asked
  const answer = useQueryData('call.identity-questions', up ? { callId: call.callId } : null);
  const questions = answer.value?.questions ?? [];
  const needed = answer.value?.needed ?? 0;
  const enough = answer.value !== null && matched.length >= needed && matched.length > 0;
  const toggle = (check: IdentityCheck): void =>
    setMatched((now) =>
      now.includes(check) ? now.filter((one) => one !== check) : [...now, check],
    );
  const identify = (): void => {
    if (enough && !actions.busy) actions.identify(matched);
  };
  useKeys(
    {
      ...Object.fromEntries(
        questions.map(({ check }) => [checkKeys[check], () => toggle(check)] as const),
      ),
      [identifyKey]: identify,
      [otherPersonKey]: () => actions.thirdPerson(),
    },
    up,
  );
  return (
    <section className={styles.panel} data-state="unknown" aria-labelledby="party-title">
      <header className={styles.head}>
        <UserRoundSearch size={18} aria-hidden="true" />
        <div>
          <h2 id="party-title" className={styles.title}>
            {t('party.who')}
          </h2>
          <p className={styles.text}>
            {needed > 0 ? t('party.ask', { count: needed }) : t('party.who-text')}
          </p>
        </div>
      </header>
      {answer.state === 'failed' ? (
        <p className={styles.problem} role="alert">
          {errorText(answer.error, t)}{' '}
          <Button onClick={answer.reload}>{t('common.try-again')}</Button>
        </p>
      ) : (
        <ul className={styles.questions} aria-busy={answer.value === null}>
          {answer.value === null ? <Waiting /> : null}
          {questions.map(({ check, expected }) => {
            const yes = matched.includes(check);
            return (
              <li key={check}>
                <button
                  type="button"
                  className={styles.question}
                  aria-pressed={yes}
                  aria-keyshortcuts={checkKeys[check]}
                  disabled={!up}
                  onClick={() => toggle(check)}
                >
                  <span className={styles.mark} aria-hidden="true">
                    {yes ? <Check size={14} strokeWidth={3} /> : null}
                  </span>
                  <span className={styles.words}>
                    <span className={styles.ask}>{t(`party.check-${check}`)}</span>
                    <span className={styles.expected}>
                      {/^\d{4}-\d\d-\d\d$/.test(expected)
                        ? formatIsoDate(expected, i18n.language)
                        : expected}
                    </span>
                  </span>
                  <Kbd binding={checkKeys[check]} />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <div className={styles.actions}>
        <Button
          look="primary"
          size="large"
          shortcut={identifyKey}
          disabled={!enough || !up || actions.busy}
          onClick={identify}
        >
          {t('party.identified')}
          <span className={styles.count} aria-live="polite">
            {needed > 0 ? t('party.matched', { matched: matched.length, needed }) : null}
          </span>
        </Button>
        <Button
          size="large"
          shortcut={otherPersonKey}
          disabled={!up}
          onClick={() => actions.thirdPerson()}
        >
          {t('party.other-person')}
        </Button>
      </div>
      {up ? <Reveal actions={actions} /> : <p className={styles.text}>{t('party.when-up')}</p>}
    </section>
  );
}

/** The places of two questions while they are on their way. */
function Waiting() {
  return (
    <>
      <li className={styles.waiting} />
      <li className={styles.waiting} />
    </>
  );
}
