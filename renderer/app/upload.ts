import type { CommandOutput } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';

/**
 * Sends a file to the engine. XMLHttpRequest rather than fetch, which cannot tell how much has left.
 * @param onProgress share of the file that was sent, 0 to 1
 * @returns the file's id, for `import.preview`
 * @throws AppError `upload.cancelled`, `upload.failed`, or the engine's own code (`upload.too-large`, `upload.bad-token`)
 */
export function uploadFile(
  ticket: CommandOutput<'app.upload-ticket'>,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', ticket.url);
    request.responseType = 'json';
    request.setRequestHeader('authorization', `Bearer ${ticket.token}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      const answer = request.response as { fileId?: string; error?: string } | null;
      if (request.status === 200 && answer?.fileId) resolve(answer.fileId);
      else reject(new AppError(answer?.error ?? 'upload.failed', `status ${request.status}`));
    });
    request.addEventListener('error', () => reject(new AppError('upload.failed', 'no answer')));
    request.addEventListener('abort', () => reject(new AppError('upload.cancelled', 'cancelled')));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
