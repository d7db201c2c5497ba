import { useTranslation } from 'react-i18next';
import { useCommand } from '../../app/use-command.ts';
import { toast } from '../../components/index.ts';
import {
  type ContactPointDraft,
  contactHoursOf,
  contactPointValue,
  emptyContactPoint,
} from './contact-point-draft.ts';
import { ContactPointFields } from './contact-point-fields.tsx';
import { useFormDraft } from './use-form-draft.ts';
import type { Work } from './work-context.ts';

/** A new way to reach the debtor. */
export function ContactPointSheet({ work }: { work: Work }) {
  const { t } = useTranslation();
  const { card, draftKey, close } = work;
  const draft = useFormDraft<ContactPointDraft>(
    draftKey,
    'contactPoint',
    emptyContactPoint,
    card.displayName,
  );
  const { run, busy } = useCommand('contact-point.add');
  const save = async (): Promise<void> => {
    const { value } = draft;
    const hours = contactHoursOf(value);
    const added = await run({
      debtorId: card.debtorId,
      kind: value.kind,
      value: contactPointValue(value, card.country),
      ...(value.label.trim() ? { label: value.label.trim() } : {}),
      ...(value.speakTo.trim() ? { speakTo: value.speakTo.trim() } : {}),
      ...(hours ? { hours } : {}),
    });
    if (added === null) return;
    draft.clear();
    toast('done', t('work.saved-contact-point'));
    close();
  };
  return (
    <ContactPointFields
      title={t('work.contact-point')}
      value={draft.value}
      country={card.country}
      busy={busy}
      onChange={draft.change}
      onSubmit={() => void save()}
    />
  );
}
