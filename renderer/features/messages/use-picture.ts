import { useEffect, useState } from 'react';
import { AppError } from '#shared/errors/index.ts';

export type Picture =
  | { state: 'loading'; source: null }
  | { state: 'ready'; source: string }
  | { state: 'failed'; source: null };

/**
 * A picture that the engine holds, as an address that an `<img>` may show. The page of Electron has an origin of its own,
 * whose policy lets it show only what it holds itself: the bytes are fetched and written into the address.
 * @param url null: nothing to show
 */
export function usePicture(url: string | null): Picture {
  const [picture, setPicture] = useState<Picture>({ state: 'loading', source: null });
  useEffect(() => {
    if (url === null) return;
    const abort = new AbortController();
    setPicture({ state: 'loading', source: null });
    load(url, abort.signal).then(
      (source) => setPicture({ state: 'ready', source }),
      () => {
        if (!abort.signal.aborted) setPicture({ state: 'failed', source: null });
      },
    );
    return () => abort.abort();
  }, [url]);
  return picture;
}

async function load(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new AppError('download.failed', `status ${response.status}`);
  const blob = await response.blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(blob);
  });
}
