import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { CornerDownLeft, PhoneOutgoing } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Principal } from '#shared/contract/index.ts';
import { Kbd } from '../../components/kbd.tsx';
import { SearchHitLine, useDebtorSearch } from '../../features/search/index.ts';
import { palette } from '../commands.ts';
import { errorText } from '../errors.ts';
import { formatPhone, parsePhone } from '../format/index.ts';
import { pagesFor } from '../pages.ts';
import { navigate } from '../router.ts';
import { useCall } from '../services.ts';
import styles from './command-palette.module.css';
import { rankCommands } from './rank-commands.ts';

/** Everything by typing: debtors, pages, what the screen offers, a number to dial. */
export function CommandPalette({ principal }: { principal: Principal }) {
  const { open } = useStore(palette);
  const { t } = useTranslation();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => palette.setState({ open: next })}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.scrim} />
        <Dialog.Popup className={styles.popup}>
          <Dialog.Title className="visually-hidden">{t('palette.open')}</Dialog.Title>
          <PaletteContent principal={principal} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteContent({ principal }: { principal: Principal }) {
  const { t } = useTranslation();
  const { offered } = useStore(palette);
  const inCall = useCall((view) => view.current !== null && view.current.state !== 'ended');
  const [text, setText] = useState('');
  const [selected, setSelected] = useState('');
  const search = useDebtorSearch(text);
  const enterKept = useRef(false);
  // whether the person has moved among the lines since they typed last
  const moved = useRef(false);
  const number = parsePhone(text, null);

  const choose = (action: () => void): void => {
    palette.setState({ open: false });
    action();
  };
  const openDebtor = (debtorId: string): void => choose(() => navigate(`/debtor/${debtorId}`));
  const commands = rankCommands(Object.values(offered).flat(), text, (one) => one.label);
  const pages = rankCommands(
    pagesFor(principal.role).filter((page) => page.navigation),
    text,
    (page) => t(page.titleKey),
  );
  const first = search.hits[0]?.debtorId;
  const nothing =
    search.hits.length === 0 && commands.length === 0 && pages.length === 0 && number === null;

  // Enter came before the answer to what was typed: it opens what that answer puts first
  useEffect(() => {
    if (search.waiting || !enterKept.current) return;
    enterKept.current = false;
    if (first === undefined) return;
    palette.setState({ open: false });
    navigate(`/debtor/${first}`);
  }, [search.waiting, first]);

  // what comes first is chosen as it comes: not a command that stood there before the debtors came
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every answer, not only when the first is another
  useEffect(() => {
    if (!moved.current && first !== undefined) setSelected(first);
  }, [search.shownFor, first]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key.startsWith('Arrow')) moved.current = true;
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    const onHit = search.hits.some((hit) => hit.debtorId === selected);
    if (!search.waiting || (moved.current && !onHit)) return;
    event.preventDefault();
    enterKept.current = true;
  };

  return (
    <Command
      label={t('palette.open')}
      shouldFilter={false}
      loop
      value={selected}
      onValueChange={setSelected}
      onKeyDown={onKeyDown}
    >
      <Command.Input
        className={styles.input}
        value={text}
        onValueChange={(next) => {
          enterKept.current = false;
          moved.current = false;
          setText(next);
        }}
        placeholder={t('palette.placeholder')}
      />
      <p role="status" className="visually-hidden">
        {search.waiting || text === '' ? '' : t('search.found', { count: search.hits.length })}
      </p>
      <Command.List className={styles.list} label={t('palette.results')}>
        {nothing && !search.waiting ? (
          // a list must hold something that can stand in a list
          // biome-ignore lint/a11y/useFocusableInteractive: it cannot be chosen
          <div role="option" aria-disabled="true" aria-selected="false" className={styles.empty}>
            {search.error === null ? t('common.nothing-found') : errorText(search.error, t)}
          </div>
        ) : null}
        {search.hits.length > 0 ? (
          <Command.Group
            className={styles.group}
            heading={t(search.shownFor === '' ? 'search.recent' : 'palette.debtors')}
          >
            {search.hits.map((hit) => (
              <Command.Item
                key={hit.debtorId}
                value={hit.debtorId}
                className={styles.item}
                onSelect={() => openDebtor(hit.debtorId)}
              >
                <SearchHitLine hit={hit} query={search.shownFor ?? ''} />
              </Command.Item>
            ))}
          </Command.Group>
        ) : null}
        {number && !inCall ? (
          <Command.Item
            className={styles.item}
            value={`dial ${number}`}
            onSelect={() => choose(() => navigate('/workspace', { dial: number }))}
          >
            <PhoneOutgoing size={14} aria-hidden="true" />
            {t('palette.dial', { number: formatPhone(number) })}
          </Command.Item>
        ) : null}
        {commands.length > 0 ? (
          <Command.Group className={styles.group} heading={t('palette.actions')}>
            {commands.map((command) => (
              <Command.Item
                key={command.id}
                value={`command ${command.id}`}
                className={styles.item}
                onSelect={() => choose(command.run)}
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
        ) : null}
        {pages.length > 0 ? (
          <Command.Group className={styles.group} heading={t('palette.pages')}>
            {pages.map((page) => (
              <Command.Item
                key={page.path}
                value={`page ${page.path}`}
                className={styles.item}
                onSelect={() => choose(() => navigate(page.path))}
              >
                {page.navigation ? <page.navigation.icon size={14} aria-hidden="true" /> : null}
                {t(page.titleKey)}
              </Command.Item>
            ))}
          </Command.Group>
        ) : null}
      </Command.List>
      <div className={styles.foot}>
        <span>
          {search.complete ? null : t('search.incomplete')}
          {search.complete && inCall ? t('search.in-call') : null}
        </span>
        <span className={styles.keys} aria-hidden="true">
          <kbd>↑</kbd>
          <kbd>↓</kbd>
          <kbd>
            <CornerDownLeft size={11} />
          </kbd>
        </span>
      </div>
    </Command>
  );
}
