import { useTranslation } from 'react-i18next';
import type { Call } from '#shared/contract/index.ts';
import { usePreference } from '../../app/services.ts';
import { Kbd } from '../../components/index.ts';
import { useWork, WorkBar } from '../work/index.ts';
import styles from './action-bar.module.css';

/** What can be done on the debtor, and the keys that stand nowhere else, in one quiet line. */
export function ActionBar({ call }: { call: Call }) {
  const { t } = useTranslation();
  const [singleKeys] = usePreference('singleKeys', true);
  const work = useWork();
  if (!singleKeys && work === null) return null;
  const third = call.party.state === 'thirdPerson';
  const live = call.state === 'connected' || call.state === 'held';
  const keys: [string, string][] = live
    ? work?.veiled
      ? [
          ['I', t(third ? 'party.came-to-phone' : 'party.identified')],
          ...(third ? [] : [['O', t('party.other-person')] as [string, string]]),
          ['N', t('note.write')],
        ]
      : [
          ['N', t('note.write')],
          ['/', t('history.search')],
          ['J', t('history.title')],
        ]
    : call.state === 'ended'
      ? [
          ['1', t('shortcuts.outcomes')],
          ['N', t('note.write')],
          ...(call.campaignId === null ? [] : [['B', t('wrap-up.closing')] as [string, string]]),
          ['+', t('wrap-up.extend')],
          ['Y', t('shortcuts.ready')],
        ]
      : [
          ['N', t('note.write')],
          ['Shift+X', t('call.cancel')],
        ];
  return (
    <aside className={styles.bar} aria-label={t('shortcuts.now')}>
      <WorkBar hasNote />
      {singleKeys
        ? keys.map(([binding, label]) => (
            <span key={binding} className={styles.key}>
              <Kbd binding={binding} />
              {label}
            </span>
          ))
        : null}
    </aside>
  );
}
