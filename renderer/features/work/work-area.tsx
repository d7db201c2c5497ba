import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { useCommands } from '../../app/commands.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useConnection } from '../../app/services.ts';
import { MessageAnnouncer } from '../messages/message-announcer.tsx';
import { workActionsFor, worksUnderVeil } from './work-actions.ts';
import { type Work, WorkContext, type WorkSheet } from './work-context.ts';

/**
 * Makes forms about one debtor available to a page: each by one key, by a button of the card, by the bar and by the
 * palette. Put a `WorkColumn` where they are to appear.
 */
export function WorkArea({
  card,
  draftKey,
  withOutcome = false,
  hasNote = false,
  veiled = false,
  children,
}: {
  card: DebtorCard | null;
  draftKey: string;
  withOutcome?: boolean;
  /** the page has a place for notes of its own */
  hasNote?: boolean;
  /** the card is veiled: what would show an amount or name the debt cannot be opened */
  veiled?: boolean;
  children: ReactNode;
}) {
  const [opened, setOpened] = useState<{ debtorId: string; sheet: WorkSheet } | null>(null);
  const [container, setContainer] = useState<HTMLElement | null>(null);
  const debtorId = card?.debtorId ?? null;
  const open = useCallback(
    (sheet: WorkSheet) => {
      if (debtorId !== null) setOpened({ debtorId, sheet });
    },
    [debtorId],
  );
  const close = useCallback(() => setOpened(null), []);
  // a form about one debtor never stands beside the card of another
  const own = opened !== null && opened.debtorId === debtorId ? opened.sheet : null;
  // nor one with amounts under a veil; what is typed in it waits
  const sheet = own !== null && veiled && !worksUnderVeil(own.kind) ? null : own;
  const work = useMemo<Work | null>(
    () =>
      card === null
        ? null
        : {
            card,
            draftKey,
            withOutcome,
            veiled,
            opened: sheet,
            open,
            close,
            container,
            setContainer,
          },
    [card, draftKey, withOutcome, veiled, sheet, open, close, container],
  );
  return (
    <WorkContext value={work}>
      {card === null ? null : (
        <>
          <WorkKeys open={open} hasNote={hasNote} veiled={veiled} />
          <MessageAnnouncer debtorId={card.debtorId} veiled={veiled} />
        </>
      )}
      {children}
    </WorkContext>
  );
}

function WorkKeys({
  open,
  hasNote,
  veiled,
}: {
  open: (sheet: WorkSheet) => void;
  hasNote: boolean;
  veiled: boolean;
}): null {
  const { t } = useTranslation();
  const role = useConnection((view) => view.principal?.role);
  const actions = useMemo(
    () => workActionsFor(role, hasNote).filter(({ kind }) => !veiled || worksUnderVeil(kind)),
    [role, hasNote, veiled],
  );
  useKeys(
    Object.fromEntries(
      actions.flatMap(({ kind, shortcut }) => (shortcut ? [[shortcut, () => open({ kind })]] : [])),
    ),
  );
  const commands = useMemo(
    () =>
      actions.map(({ kind, labelKey, shortcut }) => ({
        id: `work-${kind}`,
        label: t(labelKey),
        ...(shortcut ? { shortcut } : {}),
        run: () => open({ kind }),
      })),
    [t, open, actions],
  );
  useCommands(commands);
  return null;
}
