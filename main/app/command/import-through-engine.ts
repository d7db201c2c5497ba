import { createWriteStream, openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { commands } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { findRunningEngine } from '../../store/index.ts';
import { type ImportOrder, type ImportResult, resultOf, templateIdOf } from './import-order.ts';
import { connectRpc, type RpcClient } from './rpc-client.ts';
import { readToken } from './token.ts';

type EngineFile = NonNullable<ReturnType<typeof findRunningEngine>>;

const ASK_INTERVAL_MS = 200;

/**
 * Imports through the engine that holds the directory, as the window would.
 * @throws AppError `rpc.*`, `upload.*`, `import.*`
 */
export async function importThroughEngine(
  order: ImportOrder,
  engine: EngineFile,
): Promise<ImportResult> {
  const client = await connectRpc(engine.url, readToken(engine.tokenFile));
  try {
    return await run(order, client);
  } finally {
    client.close();
  }
}

async function run(order: ImportOrder, client: RpcClient): Promise<ImportResult> {
  const fileId = await upload(order.file, client);
  const mapping = await chooseMapping(order, client, fileId);
  const { kind, dryRun, listName, replaceList, portfolioName, creditorName } = order;
  const target = kind === 'doNotCall' ? { listName, replaceList } : {};
  const input = { fileId, kind, mapping, dryRun, portfolioName, creditorName, ...target };
  const done = await waitForEnd(client, await client.send('import.commit', input));
  const rejectsFile = done.hasRejects ? await fetchRejects(order, client, done.importJobId) : null;
  return resultOf(done, rejectsFile);
}

async function chooseMapping(order: ImportOrder, client: RpcClient, fileId: string) {
  const { kind } = order;
  const ask = async (more: object) =>
    commands['import.preview'].output.parse(
      await client.send('import.preview', { fileId, kind, ...more }),
    );
  const { templates } = commands['import.list-templates'].output.parse(
    await client.send('import.list-templates', { kind }),
  );
  const importTemplateId = templateIdOf(order, templates);
  const first = await ask(importTemplateId === undefined ? {} : { importTemplateId });
  const form = order.chooseForm(first.mapping);
  const preview = form === null ? first : await ask({ mapping: form });
  return order.chooseMapping(preview.mapping, preview.headers);
}

async function upload(file: string, client: RpcClient): Promise<string> {
  const ticket = commands['app.upload-ticket'].output.parse(
    await client.send('app.upload-ticket', {}),
  );
  const response = await fetch(ticket.url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${ticket.token}`,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(basename(file)),
    },
    body: await openAsBlob(file),
  });
  const answer = z
    .object({ fileId: z.string().optional(), error: z.string().optional() })
    .parse(await response.json());
  if (answer.fileId === undefined) {
    throw new AppError(answer.error ?? 'upload.failed', 'the engine did not take the file');
  }
  return answer.fileId;
}

async function waitForEnd(client: RpcClient, committed: unknown) {
  let progress = commands['import.status'].output.parse(committed);
  while (progress.state === 'running') {
    await delay(ASK_INTERVAL_MS);
    const { importJobId } = progress;
    progress = commands['import.status'].output.parse(
      await client.send('import.status', { importJobId }),
    );
  }
  return progress;
}

async function fetchRejects(
  order: ImportOrder,
  client: RpcClient,
  importJobId: string,
): Promise<string> {
  const link = commands['import.open-rejects'].output.parse(
    await client.send('import.open-rejects', { importJobId }),
  );
  const response = await fetch(link.url);
  if (!response.ok || response.body === null) {
    throw new AppError('import.failed', 'the rejected records could not be fetched');
  }
  await pipeline(
    Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]),
    createWriteStream(order.rejectsFile, { mode: 0o600 }),
  );
  return order.rejectsFile;
}
