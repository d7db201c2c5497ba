import { join } from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { ReadDb } from '../../../store/types.ts';
import { openRecording } from '../../../telephony/recording/index.ts';
import { openSealedFile } from '../../documents/sealed-file.ts';
import { mergedFamily, readPersonRows } from '../../erasure/person-rows.ts';
import { personTables } from '../../erasure/person-tables.ts';
import type { PersonTask } from '../export-protocol.ts';
import { type ByteSink, ZipWriter } from '../zip-writer.ts';
import { type PersonFile, type PersonPart, personPage } from './person-page.ts';

/** What people ask for first stands first; the rest follows as it is in the registry. */
const FIRST = ['debtor', 'contactPoint', 'debt', 'payment', 'debtEntry', 'interaction'];
const AUDIT_PAGE = 2_000;

/**
 * Everything about one debtor, and about those who were merged into them: `index.html` to read, `data.json` for machines,
 * and files. Every table of persons is in it: a table that is added later is so by itself.
 * @returns rows
 * @throws AppError `contract.not-found`
 */
export async function writePerson(
  read: ReadDb,
  task: PersonTask,
  sink: ByteSink,
  onRows: (rows: number, total: number | null) => void,
): Promise<number> {
  const debtor = read.get<{ displayName: string }>(
    'SELECT displayName FROM debtor WHERE id = ?',
    task.debtorId,
  );
  if (!debtor) throw new AppError('contract.not-found', 'no such debtor');
  const ids = mergedFamily(read, task.debtorId);
  const tables = [...FIRST, ...Object.keys(personTables).filter((table) => !FIRST.includes(table))];
  const parts = read.snapshot(() => [
    ...tables.map((table) => ({ table, rows: readPersonRows(read, table, ids) })),
    { table: 'auditEntry', rows: auditOf(read, ids) },
  ]);
  const rows = parts.reduce((sum, part) => sum + part.rows.length, 0);
  onRows(rows, rows);
  const zip = new ZipWriter(sink);
  await zip.add('data.json', (out) => writePieces(out, personJson(parts, task.now)));
  const files = [
    ...(await addDocuments(zip, read, ids, task)),
    ...(await addRecordings(zip, read, ids, task)),
  ];
  const { language, timeZone, now } = task;
  const options = { language, timeZone, now, displayName: debtor.displayName };
  await zip.add('index.html', (out) => writePieces(out, personPage(parts, files, options)));
  await zip.finish();
  return rows;
}

/** Entries that name the debtor: who looked, who changed what. */
function auditOf(read: ReadDb, ids: readonly string[]): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  for (let after = ''; ; ) {
    const page = read.all<{ id: string }>(
      `SELECT id FROM auditEntry WHERE id > ? ORDER BY id LIMIT ${AUDIT_PAGE}`,
      after,
    );
    const last = page.at(-1);
    if (last === undefined) return found;
    found.push(
      ...read.all<Record<string, unknown>>(
        `SELECT a.at, p.displayName AS person, a.action, a.detailsJson FROM auditEntry a
           LEFT JOIN person p ON p.id = a.personId
         WHERE a.id > ? AND a.id <= ?
           AND EXISTS (SELECT 1 FROM json_each(?) s WHERE instr(a.detailsJson, s.value) > 0) ORDER BY a.id`,
        after,
        last.id,
        JSON.stringify(ids),
      ),
    );
    after = last.id;
  }
}

function* personJson(parts: readonly PersonPart[], now: number): Generator<string> {
  yield `{"madeAt":${now},"tables":{`;
  for (const [at, { table, rows }] of parts.entries()) {
    yield `${at === 0 ? '' : ','}\n${JSON.stringify(table)}:[`;
    for (const [index, row] of rows.entries()) {
      yield `${index === 0 ? '' : ','}\n${JSON.stringify(row, binaryAsHex)}`;
    }
    yield ']';
  }
  yield '}}\n';
}

function binaryAsHex(_key: string, value: unknown): unknown {
  const bytes = value as { type?: string; data?: number[] } | null;
  const isBuffer = bytes !== null && typeof bytes === 'object' && bytes.type === 'Buffer';
  return isBuffer && Array.isArray(bytes.data) ? Buffer.from(bytes.data).toString('hex') : value;
}

const PIECE_CHARACTERS = 64 * 1024;

async function writePieces(sink: ByteSink, pieces: Iterable<string>): Promise<void> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < PIECE_CHARACTERS) continue;
    await sink(Buffer.from(text));
    text = '';
  }
  if (text !== '') await sink(Buffer.from(text));
}

async function addDocuments(
  zip: ZipWriter,
  read: ReadDb,
  ids: readonly string[],
  { documentsDirectory }: PersonTask,
): Promise<PersonFile[]> {
  const rows = read.all<{ id: string; name: string; fileName: string; keyHex: string | null }>(
    `SELECT id, name, fileName, keyHex FROM document
     WHERE debtorId IN (SELECT value FROM json_each(?)) AND deletedAt IS NULL ORDER BY id`,
    JSON.stringify(ids),
  );
  const files: PersonFile[] = [];
  for (const [at, { name, fileName, keyHex }] of rows.entries()) {
    const path = `documents/${at + 1}-${safeName(name)}`;
    const isAdded =
      keyHex !== null &&
      (await addFile(zip, path, async () => {
        const file = await openSealedFile(join(documentsDirectory, fileName), keyHex);
        return file.createReadStream(null);
      }));
    files.push({ name: name || fileName, path: isAdded ? path : null });
  }
  return files;
}

async function addRecordings(
  zip: ZipWriter,
  read: ReadDb,
  ids: readonly string[],
  { recordingsDirectory, withRecordings }: PersonTask,
): Promise<PersonFile[]> {
  if (!withRecordings) return [];
  const rows = read.all<{ id: string; fileName: string; keyHex: string | null; startedAt: number }>(
    `SELECT id, fileName, keyHex, startedAt FROM recording
     WHERE debtorId IN (SELECT value FROM json_each(?))
       OR interactionId IN (SELECT i.id FROM interaction i WHERE i.debtorId IN (SELECT value FROM json_each(?)))
     ORDER BY startedAt, id`,
    JSON.stringify(ids),
    JSON.stringify(ids),
  );
  const files: PersonFile[] = [];
  for (const { id, fileName, keyHex, startedAt } of rows) {
    const name = `${new Date(startedAt).toISOString().replaceAll(':', '-').slice(0, 19)}-${id.slice(-6)}.wav`;
    const path = `recordings/${name}`;
    const isAdded =
      keyHex !== null &&
      (await addFile(zip, path, async () => {
        const recording = await openRecording(
          join(recordingsDirectory, fileName),
          Buffer.from(keyHex, 'hex'),
        );
        const stream = recording.createWavStream();
        stream.once('close', () => void recording.close());
        return stream;
      }));
    files.push({ name, path: isAdded ? path : null });
  }
  return files;
}

/** @returns false when it cannot be opened: the list says so, and everything else is still given out */
async function addFile(
  zip: ZipWriter,
  path: string,
  open: () => Promise<AsyncIterable<Uint8Array>>,
): Promise<boolean> {
  let content: AsyncIterable<Uint8Array>;
  try {
    content = await open();
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
  await zip.add(path, async (sink) => {
    for await (const bytes of content) await sink(bytes);
  });
  return true;
}

function safeName(name: string): string {
  return name.replaceAll(/[\p{Cc}\\/:*?"<>|]+/gu, '-').slice(0, 80) || 'document';
}
