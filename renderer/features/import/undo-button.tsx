import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportProgress } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { useServices } from '../../app/services.ts';
import { Button, Confirm, toast } from '../../components/index.ts';

/** Takes an import back, once the person has read what that does. */
export function UndoButton({
  job,
  name = '',
  quiet = false,
  onUndone,
}: {
  job: Pick<ImportProgress, 'importJobId' | 'kind' | 'imported' | 'updated'>;
  /** of the file, where several are on the screen */
  name?: string;
  quiet?: boolean;
  onUndone: () => void;
}) {
  const { t } = useTranslation();
  const { client } = useServices();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const undo = async (): Promise<void> => {
    setAsking(false);
    setBusy(true);
    try {
      const undone = await client.send('import.undo', { importJobId: job.importJobId });
      const parts = [
        t('import.undo-removed', { count: undone.removed }),
        t('import.undo-restored', { count: undone.restored }),
        ...(undone.kept > 0 ? [t('import.undo-kept', { count: undone.kept })] : []),
      ];
      toast('done', t('import.undone'), parts.join(' · '));
    } catch (error) {
      // a large one takes longer than a command may: it goes on, and its events tell how far it is
      if (error instanceof AppError && error.code === 'contract.timeout') {
        toast('info', t('import.undoing'), t('import.undoing-text'));
      } else {
        toast('failed', errorText(error, t));
        announce(errorText(error, t), 'assertive');
      }
    } finally {
      setBusy(false);
      onUndone();
    }
  };
  return (
    <>
      <Button
        look={quiet ? 'quiet' : 'plain'}
        disabled={busy}
        aria-label={name === '' ? undefined : t('import.undo-of', { name })}
        icon={<Undo2 size={14} aria-hidden="true" />}
        onClick={() => setAsking(true)}
      >
        {t('import.undo')}
      </Button>
      <Confirm
        open={asking}
        destructive
        title={t('import.undo-question')}
        text={[
          t('import.undo-will-remove', { count: job.imported }),
          t('import.undo-will-restore', { count: job.updated }),
          t(
            job.kind === 'payments' || job.kind === 'bankStatement'
              ? 'import.undo-money'
              : 'import.undo-worked-on',
          ),
        ].join(' ')}
        action={t('import.undo')}
        onConfirm={() => void undo()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
