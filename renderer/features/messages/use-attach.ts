import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachedMedia, CommandInput } from '#shared/contract/index.ts';
import type { DebtorId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { useServices } from '../../app/services.ts';
import { uploadFile } from '../../app/upload.ts';

export type AttachFrom = CommandInput<'message.attach'>['from'];

export interface Attaching {
  name: string;
  /** 0 … 1; null: it has arrived and is made to fit */
  share: number | null;
}

/** Makes files part of a message: from this computer, from the debtor's documents, or from a letter written anew. */
export function useAttach(
  debtorId: DebtorId,
  channel: 'mms' | 'email',
  onAttached: (media: AttachedMedia) => void,
) {
  const { client } = useServices();
  const { t } = useTranslation();
  const [attaching, setAttaching] = useState<Attaching | null>(null);
  const [error, setError] = useState<unknown>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const work = async (name: string, make: (signal: AbortSignal) => Promise<AttachFrom>) => {
    const own = new AbortController();
    abort.current = own;
    setError(null);
    setAttaching({ name, share: null });
    try {
      const from = await make(own.signal);
      const media = await client.send('message.attach', { debtorId, channel, from });
      if (!own.signal.aborted) onAttached(media);
    } catch (failure) {
      if (own.signal.aborted) return;
      setError(failure);
      announce(errorText(failure, t), 'assertive');
    } finally {
      if (!own.signal.aborted) setAttaching(null);
    }
  };
  const attach = (name: string, from: AttachFrom): void => void work(name, async () => from);
  const upload = (file: File): void =>
    void work(file.name, async (signal) => {
      const ticket = await client.send('app.upload-ticket', {});
      const show = (share: number): void => {
        if (!signal.aborted) setAttaching({ name: file.name, share });
      };
      const fileId = await uploadFile(ticket, file, show, signal);
      setAttaching({ name: file.name, share: null });
      return { kind: 'upload', fileId, name: file.name };
    });
  return { attaching, error, attach, upload };
}
