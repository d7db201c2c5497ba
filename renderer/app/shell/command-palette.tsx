import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CommandOutput, Principal } from '#shared/contract/index.ts';
import { Money } from '../../components/formatted.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { palette } from '../commands.ts';
import { parsePhone } from '../format/index.ts';
import { pagesFor } from '../pages.ts';
import { navigate } from '../router.ts';
import { useServices } from '../services.ts';
import styles from './command-palette.module.css';

const searchDelayMs = 120;
type Found = CommandOutput<'debtor.list'>['rows'];

/** Everything by typing: debtors, pages, what the screen offers, a number to dial. */
export function CommandPalette({ principal }: { principal: Principal }) {
  const { open } = useStore(palette);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => palette.setState({ open: next })}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.scrim} />
        <Dialog.Popup className={styles.popup}>
          <PaletteContent principal={principal} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteContent({ principal }: { principal: Principal }) {
  const { t } = useTranslation();
  const { offered } = useStore(palette);
  const [text, setText] = useState('');
  const debtors = useDebtorSearch(text);
  const number = parsePhone(text, null);
  const choose = (action: () => void) => () => {
    palette.setState({ open: false });
    action();
  };
  return (
    <Command label={t('palette.open')} loop>
      <Dialog.Title className="visually-hidden">{t('palette.open')}</Dialog.Title>
      <Command.Input
        className={styles.input}
        value={text}
        onValueChange={setText}
        placeholder={t('palette.placeholder')}
      />
      <Command.List className={styles.list} label={t('palette.results')}>
        <Command.Empty>
          {/* a list must hold something that can stand in a list */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: it cannot be chosen */}
          <div role="option" aria-disabled="true" aria-selected="false" className={styles.empty}>
            {t('common.nothing-found')}
          </div>
        </Command.Empty>
        {number ? (
          <Command.Item
            className={styles.item}
            value={`dial ${text}`}
            onSelect={choose(() => navigate('/workspace', { dial: number }))}
          >
            {t('palette.dial', { number })}
          </Command.Item>
        ) : null}
        {debtors.length > 0 ? (
          <Command.Group className={styles.group} heading={t('palette.debtors')}>
            {debtors.map((row) => (
              <Command.Item
                key={row.debtorId}
                className={styles.item}
                // the engine has searched without diacritics: what it found always matches
                value={`${text} ${row.debtorId}`}
                onSelect={choose(() => navigate(`/debtor/${row.debtorId}`))}
              >
                <span>{row.displayName}</span>
                <span className={styles.faint}>{row.city}</span>
                <span className={styles.end}>
                  <Money amounts={row.balances} />
                </span>
              </Command.Item>
            ))}
          </Command.Group>
        ) : null}
        <Command.Group className={styles.group} heading={t('palette.actions')}>
          {Object.values(offered)
            .flat()
            .map((command) => (
              <Command.Item
                key={command.id}
                className={styles.item}
                value={command.label}
                onSelect={choose(command.run)}
              >
                {command.label}
                {command.shortcut ? (
                  <span className={styles.end}>
                    <Kbd binding={command.shortcut} />
                  </span>
                ) : null}
              </Command.Item>
            ))}
        </Command.Group>
        <Command.Group className={styles.group} heading={t('palette.pages')}>
          {pagesFor(principal.role)
            .filter((page) => page.navigation)
            .map((page) => (
              <Command.Item
                key={page.path}
                className={styles.item}
                value={t(page.titleKey)}
                onSelect={choose(() => navigate(page.path))}
              >
                {t(page.titleKey)}
              </Command.Item>
            ))}
        </Command.Group>
      </Command.List>
    </Command>
  );
}

function useDebtorSearch(text: string): Found {
  const { client, clock } = useServices();
  const [found, setFound] = useState<Found>([]);
  useEffect(() => {
    if (text.trim().length < 2) {
      setFound([]);
      return;
    }
    let current = true;
    const cancel = clock.setTimer(searchDelayMs, () => {
      client.send('debtor.list', { search: text.trim(), limit: 8 }).then(
        ({ rows }) => {
          if (current) setFound(rows);
        },
        () => {
          if (current) setFound([]); // the banner says why the engine does not answer
        },
      );
    });
    return () => {
      current = false;
      cancel();
    };
  }, [client, clock, text]);
  return found;
}
