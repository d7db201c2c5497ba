import type { CommandInput, CommandOutput } from '#shared/contract/index.ts';
import type { Product } from './product.ts';
import { until } from './until.ts';

export type ImportEnd = CommandOutput<'import.status'>;
type Commit = CommandInput<'import.commit'>;

export interface ImportFile {
  name: string;
  bytes: BodyInit;
  kind?: NonNullable<Commit['kind']>;
  portfolioName?: string;
  dryRun?: boolean;
  mergeBy?: Commit['mergeBy'];
}

/** Sends a file to the engine and commits it with the mapping that is guessed. @returns as it began */
export async function commitFile(product: Product, file: ImportFile): Promise<ImportEnd> {
  const kind = file.kind ?? 'portfolio';
  const fileId = await uploadFile(product, file);
  const { mapping } = await product.rpc('import.preview', { fileId, kind });
  return product.rpc('import.commit', {
    fileId,
    kind,
    mapping,
    portfolioName: file.portfolioName ?? '',
    ...(file.dryRun === undefined ? {} : { dryRun: file.dryRun }),
    ...(file.mergeBy === undefined ? {} : { mergeBy: file.mergeBy }),
  } as Commit);
}

/** Imports a file as the window does, and waits until it has ended. */
export async function importFile(
  product: Product,
  file: ImportFile,
  timeoutMs = 60_000,
): Promise<ImportEnd> {
  return importEnd(product, await commitFile(product, file), timeoutMs);
}

export async function importEnd(
  product: Product,
  { importJobId }: ImportEnd,
  timeoutMs = 60_000,
): Promise<ImportEnd> {
  let latest: ImportEnd | null = null;
  const look = async () => {
    latest = await product.rpc('import.status', { importJobId });
    return latest.state === 'running' || latest.state === 'undoing' ? null : latest;
  };
  return until(() => `the end of the import: ${JSON.stringify(latest)}`, look, timeoutMs);
}

async function uploadFile(product: Product, { name, bytes }: ImportFile): Promise<string> {
  const ticket = await product.rpc('app.upload-ticket', {});
  const response = await fetch(ticket.url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${ticket.token}`,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(name),
    },
    body: bytes,
  });
  const answer = (await response.json()) as { fileId?: string; error?: string };
  if (answer.fileId === undefined) throw new Error(`${name} was not taken: ${answer.error}`);
  return answer.fileId;
}
