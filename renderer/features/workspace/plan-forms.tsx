import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DebtorCard } from '#shared/contract/index.ts';
import { isoDateFrom, toLocalField } from '../../app/format/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useDraft, useServices } from '../../app/services.ts';
import { Button, IconButton } from '../../components/index.ts';
import { CallbackForm } from './callback-form.tsx';
import { proposePromise } from './outcome.ts';
import styles from './plan-forms.module.css';
import { PromiseForm } from './promise-form.tsx';

/** Promise and callback while the call goes on: what is agreed is written down at once and saved with the outcome. */
export function PlanForms({ card, draftKey }: { card: DebtorCard | null; draftKey: string }) {
  const { t } = useTranslation();
  const { stores, clock } = useServices();
  const draft = useDraft(draftKey);
  const area = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<'promise' | 'callback' | null>(null);

  useEffect(() => {
    if (opened)
      area.current?.querySelector<HTMLElement>(`[data-plan="${opened}"] [data-first]`)?.focus();
  }, [opened]);

  const openPromise = (): void => {
    if (draft.promise === null) {
      stores.drafts.change(draftKey, {
        promise: proposePromise(card, isoDateFrom(clock.now(), 7)),
        title: card?.displayName ?? '',
      });
    }
    setOpened('promise');
  };
  const openCallback = (): void => {
    if (draft.callbackAt === null) {
      stores.drafts.change(draftKey, {
        callbackAt: toLocalField(clock.now() + 3_600_000),
        title: card?.displayName ?? '',
      });
    }
    setOpened('callback');
  };
  useKeys({ R: card ? openPromise : null, C: openCallback });

  return (
    <div ref={area} className={styles.plans}>
      <div className={styles.openers}>
        {card && draft.promise === null ? (
          <Button shortcut="R" onClick={openPromise}>
            {t('outcome.promise')}
          </Button>
        ) : null}
        {draft.callbackAt === null ? (
          <Button shortcut="C" onClick={openCallback}>
            {t('outcome.callback')}
          </Button>
        ) : null}
      </div>
      {draft.promise !== null ? (
        <div data-plan="promise" className={styles.plan}>
          <PlanHeader
            title={t('outcome.promise')}
            onRemove={() => {
              stores.drafts.change(draftKey, { promise: null });
              setOpened(null);
            }}
          />
          <PromiseForm card={card} draftKey={draftKey} />
        </div>
      ) : null}
      {draft.callbackAt !== null ? (
        <div data-plan="callback" className={styles.plan}>
          <PlanHeader
            title={t('outcome.callback')}
            onRemove={() => {
              stores.drafts.change(draftKey, { callbackAt: null });
              setOpened(null);
            }}
          />
          <CallbackForm card={card} draftKey={draftKey} />
        </div>
      ) : null}
    </div>
  );
}

function PlanHeader({ title, onRemove }: { title: string; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.planHeader}>
      <h2>{title}</h2>
      <span className={styles.hint}>{t('outcome.saved-with-outcome')}</span>
      <IconButton
        label={t('outcome.remove', { name: title })}
        icon={<X size={14} aria-hidden="true" />}
        onClick={onRemove}
      />
    </div>
  );
}
