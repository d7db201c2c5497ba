import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HoldId } from '#shared/domain/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Field, TextArea, toast } from '../../components/index.ts';
import form from './form.module.css';
import type { Work } from './work-context.ts';

/** Why a flag was set that was set by two keys. */
export function FlagReason({ work, holdId }: { work: Work; holdId: string }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const { run, busy } = useCommand('flag.explain');
  const hold = work.card.holds.find((one) => one.holdId === holdId);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (reason.trim() === '' || busy) return;
    const saved = await run({ holdId: holdId as HoldId, reason: reason.trim() });
    if (saved === null) return;
    toast('done', t('flag.reason-saved'));
    work.close();
  };
  return (
    <form className={form.form} onSubmit={(event) => void save(event)} noValidate>
      {hold ? <strong>{t(`flag.${hold.kind}`, { defaultValue: hold.kind })}</strong> : null}
      <Field label={t('flag.reason')}>
        <TextArea
          data-first
          rows={4}
          maxLength={2_000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save(event);
          }}
        />
      </Field>
      <Button
        type="submit"
        look="primary"
        wide
        shortcut="Mod+Enter"
        disabled={busy || reason.trim() === ''}
      >
        {t('flag.save-reason')}
      </Button>
    </form>
  );
}
