import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '#shared/contract/index.ts';
import type { CampaignId } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { useServices } from '../../app/services.ts';
import { uploadFile } from '../../app/upload.ts';

/** bytes; what the engine takes, so that nobody waits for an upload that is refused */
const largestBytes = 6 * 1024 * 1024;

interface Sending {
  name: string;
  /** 0 … 1; null: it has arrived and is looked at */
  share: number | null;
}

/** Sends a recording and makes it the campaign's message; what refuses it stays until the next try. */
export function useMessageUpload(campaignId: CampaignId, onTaken: (campaign: Campaign) => void) {
  const { t } = useTranslation();
  const { client } = useServices();
  const abort = useRef<AbortController | null>(null);
  const [sending, setSending] = useState<Sending | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const send = async (file: File): Promise<void> => {
    const own = new AbortController();
    abort.current = own;
    const show = (share: number | null): void => {
      if (!own.signal.aborted) setSending({ name: file.name, share });
    };
    setError(null);
    show(0);
    try {
      if (file.size > largestBytes) throw new AppError('campaign.message-too-large', 'too large');
      const ticket = await client.send('app.upload-ticket', {});
      if (own.signal.aborted) return;
      const fileId = await uploadFile(ticket, file, show, own.signal);
      show(null);
      onTaken(await client.send('campaign.set-abandonment-message', { campaignId, fileId }));
    } catch (failure) {
      if (own.signal.aborted) return;
      setError(failure);
      announce(errorText(failure, t), 'assertive');
    } finally {
      if (!own.signal.aborted) setSending(null);
    }
  };
  /** Before the file has arrived; what is being looked at can be removed afterwards. */
  const cancel = (): void => {
    abort.current?.abort();
    setSending(null);
  };
  return { sending, error, send, cancel };
}
