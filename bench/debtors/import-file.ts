import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CommandOutput } from '#shared/contract/index.ts';
import type { EngineClient } from './engine-client.ts';

const ASK_EVERY_MS = 50;
const PORTFOLIO = 'Bench';

export type ImportEnd = CommandOutput<'import.status'>;

export interface ImportedFile {
  uploadSeconds: number;
  /** from sending `import.commit` until `import.status` says that it is finished */
  seconds: number;
  end: ImportEnd;
}

export interface StartedImport {
  /** resolves when the import has ended, in whichever way */
  ended: Promise<ImportedFile>;
  importJobId: string;
}

/** Imports a file as the window does: upload, preview with the guessed mapping, commit. */
export async function importFile(client: EngineClient, file: string): Promise<ImportedFile> {
  return (await startImport(client, file)).ended;
}

/** As `importFile`, but resolves when the import runs. */
export async function startImport(client: EngineClient, file: string): Promise<StartedImport> {
  const uploadMs = performance.now();
  const fileId = await upload(client, file);
  const uploadSeconds = (performance.now() - uploadMs) / 1000;
  const { mapping } = await client.send('import.preview', { fileId, kind: 'portfolio' });
  const startedMs = performance.now();
  const first = await client.send('import.commit', {
    fileId,
    kind: 'portfolio',
    mapping,
    portfolioName: PORTFOLIO,
    creditorName: '',
    dryRun: false,
    mergeBy: 'auto',
    listName: '',
    replaceList: false,
  });
  const untilEnd = async () => {
    let progress: ImportEnd = first;
    while (progress.state === 'running') {
      await wait(ASK_EVERY_MS);
      const { importJobId } = first;
      progress = await client.send('import.status', { importJobId });
    }
    return { uploadSeconds, seconds: (performance.now() - startedMs) / 1000, end: progress };
  };
  return { ended: untilEnd(), importJobId: first.importJobId };
}

async function upload(client: EngineClient, file: string): Promise<string> {
  const ticket = await client.send('app.upload-ticket', {});
  const response = await fetch(ticket.url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${ticket.token}`,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(basename(file)),
    },
    body: await openAsBlob(file),
  });
  const answer = (await response.json()) as { fileId?: string; error?: string };
  if (answer.fileId === undefined) throw new Error(`the upload failed: ${answer.error}`);
  return answer.fileId;
}
