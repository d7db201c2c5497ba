import { NoteComposer } from '../note/index.ts';
import type { Work } from './work-context.ts';

/** A note about the debtor, outside a call. */
export function NoteSheet({ work }: { work: Work }) {
  const { card, draftKey, close } = work;
  return (
    <NoteComposer
      draftKey={draftKey}
      debtorId={card.debtorId}
      title={card.displayName}
      inSheet
      onSaved={close}
    />
  );
}
