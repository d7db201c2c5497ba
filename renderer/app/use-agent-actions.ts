import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../components/toast.tsx';
import { announce } from './announcer.ts';
import { errorText } from './errors.ts';
import { useServices } from './services.ts';

/** Ready, not ready, leave: with the softphone's part in it, and failures told. */
export function useAgentActions(): {
  goReady: () => void;
  goNotReady: () => void;
  leave: () => void;
  busy: boolean;
} {
  const { phone } = useServices();
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const attempt = useCallback(
    (action: () => Promise<void>) => {
      setBusy(true);
      action()
        .catch((error: unknown) => {
          const text = errorText(error, t);
          toast('failed', text);
          announce(text, 'assertive');
        })
        .finally(() => setBusy(false));
    },
    [t],
  );
  const goReady = useCallback(() => attempt(() => phone.goReady()), [attempt, phone]);
  const goNotReady = useCallback(() => attempt(() => phone.notReady()), [attempt, phone]);
  const leave = useCallback(() => attempt(() => phone.leave()), [attempt, phone]);
  return { goReady, goNotReady, leave, busy };
}
