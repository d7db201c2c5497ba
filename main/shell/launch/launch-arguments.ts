import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';

export const launchUsage = `Usage: npm start -- [options]
  --data DIR         use the store in this directory
  --real             the real store instead of the practice store
  --key-file F       the real store's key, outside its data directory
  --port N           the engine's port, instead of the one it had last time
  --headless         the engine alone, no window
  --no-open          print the address instead of opening a window
  --node-shell       use an installed browser, even where Electron is there
  --retry-electron   try once more to fetch Electron
  --print-login      print an address that logs in once, from the Dialdesk that runs already
  --help             this text`;

export interface LaunchArguments {
  dataDir: string | null;
  storeKind: StoreKind;
  keyFile: string | null;
  port: number | null;
  headless: boolean;
  open: boolean;
  nodeShell: boolean;
  retryElectron: boolean;
  printLogin: boolean;
  help: boolean;
  /** a `tel:` or `sip:` link that the system passed */
  link: string | null;
}

const flag = { type: 'boolean', default: false } as const;

/** @throws AppError `command.usage` */
export function readLaunchArguments(args: readonly string[]): LaunchArguments {
  const { values, positionals } = parse(args);
  const link = positionals[0] ?? null;
  if (positionals.length > 1 || (link !== null && !/^(tel|sips?):/i.test(link))) {
    throw usage(`"${positionals.join(' ')}" is not understood`);
  }
  if (values.real && values.practice) throw usage('a store is either --real or --practice');
  return {
    dataDir: values.data === undefined ? null : resolve(values.data),
    storeKind: values.real ? 'real' : 'practice',
    keyFile: values['key-file'] === undefined ? null : resolve(values['key-file']),
    port: values.port === undefined ? null : readPort(values.port),
    headless: values.headless,
    open: !values['no-open'],
    nodeShell: values['node-shell'],
    retryElectron: values['retry-electron'],
    printLogin: values['print-login'],
    help: values.help,
    link,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        'key-file': { type: 'string' },
        port: { type: 'string' },
        real: flag,
        practice: flag,
        headless: flag,
        'no-open': flag,
        'node-shell': flag,
        'retry-electron': flag,
        'print-login': flag,
        help: flag,
      },
    });
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause));
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port > 0 && port <= 65_535) return port;
  throw usage(`--port: "${text}" is not a port`);
}

function usage(problem: string): AppError {
  return new AppError('command.usage', `${problem}\n${launchUsage}`);
}
