import { useTranslation } from 'react-i18next';
import type { Call } from '#shared/contract/index.ts';
import { usePreference } from '../../app/services.ts';
import { Kbd } from '../../components/index.ts';
import styles from './action-bar.module.css';

/** The keys that work now, in one quiet line; the buttons are where they belong. */
export function ActionBar({ call }: { call: Call }) {
  const { t } = useTranslation();
  const [singleKeys] = usePreference('singleKeys', true);
  if (!singleKeys) return null;
  const live = call.state === 'connected' || call.state === 'held';
  const keys: [string, string][] = live
    ? [
        ['U', t('call.mute')],
        ['H', t('call.hold')],
        ['K', t('call.keypad')],
        ['R', t('outcome.promise')],
        ['C', t('outcome.callback')],
        ['N', t('note.write')],
        ['/', t('history.search')],
        ['Shift+X', t('call.hang-up')],
      ]
    : call.state === 'ended'
      ? [
          ['1', t('shortcuts.outcomes')],
          ['N', t('note.write')],
          ['+', t('wrap-up.extend')],
          ['Y', t('shortcuts.ready')],
        ]
      : [
          ['N', t('note.write')],
          ['Shift+X', t('call.cancel')],
        ];
  return (
    <aside className={styles.bar} aria-label={t('shortcuts.now')}>
      {keys.map(([binding, label]) => (
        <span key={binding} className={styles.key}>
          <Kbd binding={binding} />
          {label}
        </span>
      ))}
    </aside>
  );
}
