import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactPoint, DebtorCard } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { useCommand } from '../../app/use-command.ts';
import {
  type ContactPointDraft,
  contactPointChanges,
  contactPointDraftOf,
} from '../work/contact-point-draft.ts';
import { ContactPointFields } from '../work/contact-point-fields.tsx';
import { useFormDraft } from '../work/use-form-draft.ts';
import { useWork } from '../work/work-context.ts';
import styles from './contact-points.module.css';

/** Corrects a contact point where it stands; what it was is kept. */
export function ContactPointCorrection({
  point,
  card,
  onClose,
}: {
  point: ContactPoint;
  card: DebtorCard;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const work = useWork();
  const { run, busy } = useCommand('contact-point.correct');
  const form = useFormDraft<ContactPointDraft>(
    work?.draftKey ?? card.debtorId,
    `contactPoint ${point.contactPointId}`,
    contactPointDraftOf(point),
    card.displayName,
  );
  const box = useRef<HTMLDivElement>(null);
  // the menu that opened it gives the focus back to its button first
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      box.current?.scrollIntoView({ block: 'nearest' });
      box.current?.querySelector<HTMLElement>('[data-first]')?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  const save = async (): Promise<void> => {
    const changes = contactPointChanges(point, form.value, card.country);
    if (Object.keys(changes).length > 0) {
      const { reason } = form.value;
      const saved = await run({
        contactPointId: point.contactPointId,
        ...changes,
        ...(reason.trim() ? { reason: reason.trim() } : {}),
      });
      if (saved === null) return;
      announce(t('contact-point.corrected'));
    }
    form.clear();
    onClose();
  };
  return (
    <div className={styles.below} ref={box}>
      <ContactPointFields
        title={t('contact-point.correct')}
        value={form.value}
        country={card.country}
        busy={busy}
        withReason
        onChange={form.change}
        onSubmit={() => void save()}
        onCancel={() => {
          form.clear();
          onClose();
        }}
      />
    </div>
  );
}
