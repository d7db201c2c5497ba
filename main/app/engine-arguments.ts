import { parseArgs } from 'node:util';
import { AppError } from '#shared/errors/index.ts';
import type { LogLevel } from './logger.ts';

export const engineUsage =
  'usage: engine --data DIR [--listen HOST:PORT] [--practice] [--key-file F] [--static DIR] [--log LEVEL]';

export interface EngineArguments {
  dataDir: string;
  listen: { host: string; port: number };
  practice: boolean;
  keyFile: string | null;
  /** the built renderer, when the engine serves the window itself */
  staticRoot: string | null;
  /** further origins whose pages are ours */
  origins: string[];
  /** false: a practice store without the bundled carrier (another one is used) */
  practiceCarrier: boolean;
  /** false: a practice store without the bundled gateways of messages */
  practiceGateways: boolean;
  /** seeds the demo portfolio into a new practice store */
  demo: boolean;
  logLevel: LogLevel;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** @throws AppError `command.usage` */
export function readEngineArguments(args: readonly string[]): EngineArguments {
  const values = parse(args);
  if (values.data === undefined) throw usage('--data is needed');
  const logLevel = values.log ?? 'warn';
  if (!['debug', 'info', 'warn', 'error'].includes(logLevel)) throw usage('--log: no such level');
  return {
    dataDir: values.data,
    listen: readListen(values.listen ?? '127.0.0.1:0'),
    practice: values.practice ?? false,
    keyFile: values['key-file'] ?? null,
    staticRoot: values.static ?? null,
    origins: values.origin ?? [],
    practiceCarrier: !(values['no-practice-carrier'] ?? false),
    practiceGateways: !(values['no-practice-gateways'] ?? false),
    demo: values.demo ?? false,
    logLevel: logLevel as LogLevel,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      options: {
        data: text,
        listen: text,
        practice: flag,
        'key-file': text,
        static: text,
        origin: { type: 'string', multiple: true },
        'no-practice-carrier': flag,
        'no-practice-gateways': flag,
        demo: flag,
        log: text,
      },
    }).values;
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause));
  }
}

function readListen(listen: string): { host: string; port: number } {
  const match = /^(\[[0-9a-f:]+\]|[^:\s]+):(\d{1,5})$/i.exec(listen);
  const port = Number(match?.[2]);
  if (!match?.[1] || port > 65_535) throw usage(`--listen: "${listen}" is not HOST:PORT`);
  return { host: match[1].replace(/^\[|\]$/g, ''), port };
}

function usage(problem: string): AppError {
  return new AppError('command.usage', `${problem}; ${engineUsage}`);
}
