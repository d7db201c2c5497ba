import { parseArgs } from 'node:util';
import { AppError } from '#shared/errors/index.ts';
import type { CarrierCommand } from './messages.ts';

export const carrierUsage =
  'usage: practice-carrier --scenario FILE --listen udp:HOST:PORT [--log FILE]';

/**
 * The start command out of arguments.
 * @returns null when there are none: the parent will say
 * @throws AppError `practice.bad-usage`
 */
export function readCarrierArguments(
  args: readonly string[],
): Extract<CarrierCommand, { type: 'start' }> | null {
  if (args.length === 0) return null;
  const { scenario, listen, log } = parse(args);
  if (scenario === undefined || listen === undefined) throw badUsage('two options are needed');
  return {
    type: 'start',
    scenario,
    listen: readListen(listen),
    ...(log === undefined ? {} : { log }),
  };
}

function parse(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const options = { scenario: text, listen: text, log: text };
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (cause) {
    throw badUsage(cause instanceof Error ? cause.message : String(cause));
  }
}

function readListen(listen: string): { host: string; port: number } {
  const match = /^udp:(\[[0-9a-f:]+\]|[^:]+):(\d{1,5})$/i.exec(listen);
  const port = Number(match?.[2]);
  if (!match?.[1] || port > 65_535) throw badUsage(`"${listen}" is not udp:HOST:PORT`);
  return { host: match[1].replace(/^\[|\]$/g, ''), port };
}

function badUsage(problem: string): AppError {
  return new AppError('practice.bad-usage', `${problem}; ${carrierUsage}`);
}
