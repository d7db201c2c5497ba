import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { AppError } from '#shared/errors/index.ts';
import { loadPacks, mayContact } from '../../contact-rules/index.ts';
import type { HostPrograms } from '../doctor.ts';
import { engineUsage } from '../engine-arguments.ts';
import { resourcesDirectory } from '../resources.ts';
import { applicationVersion } from '../version.ts';
import { addDoctorCommand } from './doctor-command.ts';
import { addImportCommand } from './import-command.ts';
import { addPacerCommand } from './pacer-command.ts';
import { connectRpc } from './rpc-client.ts';
import { addSampleCommand } from './sample-command.ts';
import { readToken } from './token.ts';

/** Programs that live in entries of their own; the command hands its arguments over to them. */
export interface CommandPrograms {
  engine(args: readonly string[]): void;
  practiceCarrier(args: readonly string[]): void;
  /** what the doctor says of this machine: only a shell knows where windows come from */
  host(): HostPrograms;
}

/**
 * Runs one command of the command line. Errors are one line on stderr; exit status 1, or 2 for wrong usage.
 * @param args without the interpreter and the program
 */
export async function runCommand(
  args: readonly string[],
  programs: CommandPrograms,
): Promise<void> {
  const [name, ...rest] = args;
  if (name === 'engine' && !rest.includes('--help')) return programs.engine(rest);
  if (name === 'practice-carrier' && !rest.includes('--help'))
    return programs.practiceCarrier(rest);
  try {
    await buildProgram(programs).parseAsync([...args], { from: 'user' });
  } catch (error) {
    fail(error);
  }
}

function buildProgram(programs: CommandPrograms): Command {
  const program = new Command('dialdesk')
    .description('Dialdesk: a debt collection desktop with its own dialer')
    .version(applicationVersion())
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text.trim().concat('\n')) });
  program
    .command('engine')
    .description(
      `runs headless; first line of stdout: {"url","sipUrl","pid","tokenFile"}. ${engineUsage}`,
    );
  program
    .command('practice-carrier')
    .description('a carrier: --scenario FILE --listen udp:HOST:PORT [--log FILE]');
  program
    .command('rpc <name> [json]')
    .description('sends any contract command, prints its reply')
    .requiredOption('--url <url>', 'address of the engine')
    .option('--token-file <file>', 'file with the token (or DIALDESK_TOKEN)')
    .option('--json', 'the last line of stdout is one JSON object (always so)')
    .action((command: string, json: string | undefined, options) => rpc(command, json, options));
  program
    .command('may-contact')
    .description('evaluates contact rules on a file of vectors')
    .requiredOption('--vectors <file>', 'file in the vector format')
    .option('--json', 'prints one JSON object (always so)')
    .action((options: { vectors: string }) => runVectors(options.vectors));
  addPacerCommand(program);
  addImportCommand(program);
  addSampleCommand(program);
  addDoctorCommand(program, programs.host);
  program.command('bench <name>').description('the benchmarks, each with its own baseline: --json');
  return program;
}

async function rpc(
  name: string,
  json: string | undefined,
  options: { url: string; tokenFile?: string },
): Promise<void> {
  const input = parseJson(json ?? '{}');
  const client = await connectRpc(options.url, readToken(options.tokenFile));
  try {
    const value = await client.send(name, input);
    process.stdout.write(`${JSON.stringify(value)}\n`);
  } finally {
    client.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('command.usage', 'the input is not JSON', { cause });
  }
}

/** A file that is not valid: exit status 2 and nothing on standard output. */
function runVectors(file: string): void {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('command.usage', `${file} cannot be read`, { cause });
  }
  try {
    const packs = loadPacks(join(resourcesDirectory(), 'rule-packs'));
    process.stdout.write(`${JSON.stringify(mayContact(text, packs))}\n`);
  } catch (error) {
    if (error instanceof AppError && error.code === 'contact-rules.bad-vectors')
      throw new AppError('command.usage', error.message, { cause: error });
    throw error;
  }
}

function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  const known = error instanceof AppError;
  const message = error instanceof Error ? error.message : String(error);
  const details =
    known && Object.keys(error.details).length > 0 ? ` ${JSON.stringify(error.details)}` : '';
  process.stderr.write(known ? `${error.code}: ${message}${details}\n` : `${message}\n`);
  process.exitCode = known && error.code === 'command.usage' ? 2 : 1;
}
