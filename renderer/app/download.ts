import { AppError } from '#shared/errors/index.ts';

/**
 * Saves what an address of the engine gives as a file. By way of a blob: in Electron the page has an origin of its own,
 * where a link to the engine would be a navigation, which is forbidden.
 * @throws AppError `download.failed`
 */
export async function download(url: string, fileName: string): Promise<void> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new AppError('download.failed', 'no answer', { cause });
  });
  if (!response.ok) throw new AppError('download.failed', `status ${response.status}`);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // the browser has taken hold of the blob once the click is through
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
