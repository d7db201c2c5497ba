import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { Kbd } from '../../components/kbd.tsx';
import { SideSheet } from '../../components/side-sheet.tsx';
import { useKeys } from '../keys/use-keys.ts';
import styles from './shortcuts-sheet.module.css';

export const shortcutsSheet: StoreApi<{ open: boolean }> = createStore<{ open: boolean }>(() => ({
  open: false,
}));

/** Every key, in the order of a day's work. */
const groups: readonly { titleKey: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    titleKey: 'shortcuts.anywhere',
    keys: [
      ['Mod+K', 'palette.open'],
      ['Y', 'shortcuts.ready'],
      ['?', 'shortcuts.this-list'],
      ['Escape', 'shortcuts.close'],
    ],
  },
  {
    titleKey: 'shortcuts.incoming',
    keys: [
      ['A', 'call.answer'],
      ['X', 'call.reject'],
    ],
  },
  {
    titleKey: 'offer.title',
    keys: [
      ['D', 'offer.dial'],
      ['H', 'offer.hold'],
      ['X', 'offer.skip'],
    ],
  },
  {
    titleKey: 'shortcuts.in-call',
    keys: [
      ['U', 'call.mute'],
      ['H', 'call.hold'],
      ['K', 'call.keypad'],
      ['Shift+X', 'call.hang-up'],
      ['I', 'party.identified'],
      ['O', 'party.other-person'],
      ['Shift+I', 'party.start-over'],
      ['Shift+Y', 'call.consent-given'],
      ['Shift+N', 'call.consent-refused'],
    ],
  },
  {
    titleKey: 'work.title',
    keys: [
      ['S', 'message.sms'],
      ['M', 'message.mms'],
      ['E', 'message.email'],
      ['R', 'outcome.promise'],
      ['L', 'work.title-plan'],
      ['P', 'work.title-payment'],
      ['C', 'outcome.callback'],
      ['N', 'note.write'],
      ['F', 'work.title-flag'],
      ['W', 'work.write-off'],
      ['Shift+B', 'work.block'],
      ['Shift+C', 'card.contact-points'],
    ],
  },
  {
    titleKey: 'history.title',
    keys: [
      ['/', 'history.search'],
      ['J', 'history.next'],
      ['K', 'history.previous'],
      ['Enter', 'history.unfold'],
      ['Space', 'history.play'],
    ],
  },
  {
    titleKey: 'inbox.title',
    keys: [
      ['J', 'inbox.next'],
      ['K', 'inbox.previous'],
      ['Enter', 'inbox.open-key'],
      ['R', 'inbox.reply'],
      ['A', 'inbox.take'],
      ['Z', 'inbox.snooze'],
      ['E', 'inbox.finish'],
      ['U', 'inbox.mark-unread'],
      ['M', 'inbox.match'],
      ['Shift+Z', 'inbox.undo-key'],
    ],
  },
  {
    titleKey: 'rule-pages.exceptions',
    keys: [
      ['J', 'history.next'],
      ['K', 'history.previous'],
      ['1', 'rule-pages.for-how-long'],
      ['G', 'rule-pages.grant'],
      ['R', 'rule-pages.refuse'],
    ],
  },
  {
    titleKey: 'rule-pages.own',
    keys: [
      ['N', 'rule-own.new'],
      ['Mod+Enter', 'rule-own.publish'],
    ],
  },
  {
    titleKey: 'shortcuts.after-call',
    keys: [
      ['1', 'shortcuts.outcomes'],
      ['B', 'wrap-up.closing'],
      ['+', 'wrap-up.extend'],
      ['D', 'dial.title'],
    ],
  },
];

export function ShortcutsSheet() {
  const { t } = useTranslation();
  const { open } = useStore(shortcutsSheet);
  useKeys({ '?': () => shortcutsSheet.setState({ open: true }) });
  return (
    <SideSheet
      open={open}
      onClose={() => shortcutsSheet.setState({ open: false })}
      title={t('person.shortcuts')}
    >
      <p className={styles.note}>{t('shortcuts.note')}</p>
      {groups.map((group) => (
        <section key={group.titleKey}>
          <h3 className={styles.title}>{t(group.titleKey)}</h3>
          <dl className={styles.list}>
            {group.keys.map(([binding, labelKey]) => (
              <div key={binding} className={styles.line}>
                <dt>{t(labelKey)}</dt>
                <dd>
                  <Kbd binding={binding} />
                  <span className="visually-hidden">{binding}</span>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </SideSheet>
  );
}
