import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Command } from 'commander';
import { type ImportMapping, importField, importMapping } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { findRunningEngine } from '../../store/index.ts';
import { importIntoStore } from './import-into-store.ts';
import { importThroughEngine } from './import-through-engine.ts';

interface ImportOptions {
  data: string;
  mapping?: string;
  portfolio?: string;
  creditor?: string;
  keyFile?: string;
  json?: boolean;
}

/** What both ways of importing are given. */
export interface ImportOrder {
  file: string;
  dataDir: string;
  keyFile: string | null;
  portfolioName: string;
  creditorName: string;
  /** where rejected records go, if there are any */
  rejectsFile: string;
  /** the mapping to use, given what was guessed and the file's header */
  chooseMapping(guessed: ImportMapping, headers: readonly string[]): ImportMapping;
}

/** The last line of stdout (design §6). */
export interface ImportResult {
  rows: number;
  imported: number;
  updated: number;
  rejected: number;
  rejectsFile: string | null;
  seconds: number;
}

export function addImportCommand(program: Command): void {
  program
    .command('import <file>')
    .description('imports a portfolio of debts from a CSV file')
    .requiredOption('--data <dir>', 'data directory; a running engine that holds it is used')
    .option('--mapping <file>', 'JSON with what is not to be guessed: columns, encoding, …')
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
    portfolioName: options.portfolio ?? name,
    creditorName: options.creditor ?? '',
    rejectsFile: join(writableFolder(dirname(file), options.data), `${name}.rejects.csv`),
    chooseMapping: readMapping(options.mapping),
  };
  const engine = findRunningEngine(options.data);
  const result = engine ? await importThroughEngine(order, engine) : await importIntoStore(order);
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : inWords(result));
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
function readMapping(
  file: string | undefined,
): (guessed: ImportMapping, headers: readonly string[]) => ImportMapping {
  const given = file === undefined ? {} : readObject(file);
  return (guessed, headers) => {
    const columns = columnsOf(given.columns, guessed, headers);
    const parsed = importMapping.safeParse({ ...guessed, ...given, columns });
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new AppError(
      'command.usage',
      `the mapping is not valid: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    );
  };
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
  const { rows, imported, updated, rejected, rejectsFile, seconds } = result;
  const rejects = rejectsFile === null ? '' : ` (see ${rejectsFile})`;
  return `${rows} rows: ${imported} imported, ${updated} updated, ${rejected} rejected${rejects}, in ${seconds} s\n`;
}
