import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Command } from 'commander';
import {
  type ImportKind,
  type ImportMapping,
  importField,
  importKind,
  importMapping,
} from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { findRunningEngine } from '../../store/index.ts';
import { importIntoStore } from './import-into-store.ts';
import type { ImportOrder, ImportResult } from './import-order.ts';
import { importThroughEngine } from './import-through-engine.ts';

interface ImportOptions {
  data: string;
  mapping?: string;
  kind?: string;
  template?: string;
  dryRun?: boolean;
  list?: string;
  replaceList?: boolean;
  portfolio?: string;
  creditor?: string;
  keyFile?: string;
  json?: boolean;
}

export function addImportCommand(program: Command): void {
  program
    .command('import <file>')
    .description(
      'imports a CSV, XLSX or MT940 file: debts, payments, a bank statement, a history, numbers',
    )
    .requiredOption('--data <dir>', 'data directory; a running engine that holds it is used')
    .option('--mapping <file>', 'JSON with what is not to be guessed: columns, encoding, …')
    .option('--kind <kind>', `${importKind.options.join(', ')} (default: portfolio)`)
    .option('--template <name>', 'saved mapping (default: the one whose headers fit, if any)')
    .option('--dry-run', 'says what would happen, and stores nothing')
    .option('--list <name>', 'the do-not-call list (default: the file’s name)')
    .option('--replace-list', 'numbers of the list that the file does not hold leave it')
    .option('--portfolio <name>', 'the portfolio to make or to add to (default: the file’s name)')
    .option('--creditor <name>', 'the creditor of rows that name none')
    .option('--key-file <file>', 'key of the store; or DIALDESK_PASSPHRASE')
    .option('--json', 'the last line of stdout is one JSON object')
    .action((file: string, options: ImportOptions) => runImport(file, options));
}

async function runImport(file: string, options: ImportOptions): Promise<void> {
  assertFile(file);
  const name = basename(file, extname(file));
  const order: ImportOrder = {
    file,
    dataDir: options.data,
    keyFile: options.keyFile ?? null,
    kind: readKind(options.kind),
    template: options.template ?? null,
    dryRun: options.dryRun ?? false,
    listName: options.list ?? name,
    replaceList: options.replaceList ?? false,
    portfolioName: options.portfolio ?? name,
    creditorName: options.creditor ?? '',
    rejectsFile: join(writableFolder(dirname(file), options.data), `${name}.rejects.csv`),
    ...readMapping(options.mapping),
  };
  const engine = findRunningEngine(options.data);
  const result = engine ? await importThroughEngine(order, engine) : await importIntoStore(order);
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : inWords(result));
}

function readKind(given: string | undefined): ImportKind {
  const kind = importKind.safeParse(given ?? 'portfolio');
  if (kind.success) return kind.data;
  throw new AppError('command.usage', `--kind is one of ${importKind.options.join(', ')}`);
}

function assertFile(file: string): void {
  try {
    if (statSync(file).isFile()) return;
  } catch (cause) {
    throw new AppError('command.usage', `${file} cannot be read`, { cause });
  }
  throw new AppError('command.usage', `${file} is not a file`);
}

/** Beside the person's file, or in the data directory when nothing can be written there. */
function writableFolder(folder: string, dataDir: string): string {
  try {
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    // a read-only medium: the data directory is ours
    return dataDir;
  }
}

/**
 * A mapping file holds any part of an `ImportMapping`; `columns` may be a list of fields in the order of the file, or an
 * object from header to field.
 */
function readMapping(file: string | undefined): Pick<ImportOrder, 'chooseForm' | 'chooseMapping'> {
  const given = file === undefined ? {} : readObject(file);
  const form = Object.fromEntries(Object.entries(given).filter(([name]) => FORM.has(name)));
  return {
    chooseForm: (guessed) =>
      Object.keys(form).length === 0 ? null : parseMapping({ ...guessed, ...form }),
    chooseMapping(guessed, headers) {
      const columns = columnsOf(given.columns, guessed, headers);
      return parseMapping({ ...guessed, ...given, columns });
    },
  };
}

/** Read otherwise, a file has other columns: they are looked at again. */
const FORM: ReadonlySet<string> = new Set(['encoding', 'delimiter', 'hasHeader', 'sheet']);

function parseMapping(given: unknown): ImportMapping {
  const parsed = importMapping.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError(
    'command.usage',
    `the mapping is not valid: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
  );
}

function readObject(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch (cause) {
    throw new AppError('command.usage', `${file} cannot be read as JSON`, { cause });
  }
  throw new AppError('command.usage', `${file} does not hold a JSON object`);
}

function columnsOf(given: unknown, guessed: ImportMapping, headers: readonly string[]): unknown {
  if (given === undefined) return guessed.columns;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  const byHeader = new Map(Object.entries(given));
  const known = new Set(headers.map((header) => header.trim()));
  const unknown = [...byHeader.keys()].find((header) => !known.has(header.trim()));
  if (unknown !== undefined) {
    throw new AppError('command.usage', `the file has no column "${unknown}"`);
  }
  // a field that is given to one column is taken from the one it was guessed for
  const taken = new Set(byHeader.values());
  return guessed.columns.map((field, index) => {
    const own = byHeader.get(headers[index]?.trim() ?? '');
    if (own !== undefined) return own;
    return taken.has(field) && importField.safeParse(field).success ? 'ignore' : field;
  });
}

function inWords(result: ImportResult): string {
  const { rows, imported, updated, unchanged, rejected, rejectsFile, seconds } = result;
  const rejects = rejectsFile === null ? '' : ` (see ${rejectsFile})`;
  const counts = [
    `${imported} imported`,
    `${updated} updated`,
    `${unchanged} unchanged`,
    `${rejected} rejected${rejects}`,
    ...(result.queued === undefined ? [] : [`${result.queued} waiting in the queue`]),
    ...(result.ignored === undefined ? [] : [`${result.ignored} left out`]),
  ];
  const notices = (result.notices ?? []).map(
    ({ finding, line, text }) => `line ${line}: ${finding} (${text})\n`,
  );
  const tried = result.dryRun ? 'tried out, nothing stored: ' : '';
  return `${tried}${rows} rows: ${counts.join(', ')}, in ${seconds} s\n${notices.join('')}`;
}
