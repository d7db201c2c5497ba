import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { commands, type DoctorStep } from '#shared/contract/index.ts';
import { findRunningEngine } from '../../store/index.ts';
import { examineDirectory, examineHost, type HostPrograms } from '../doctor.ts';
import { resourcesDirectory } from '../resources.ts';
import { connectRpc } from './rpc-client.ts';
import { readToken } from './token.ts';

interface DoctorOptions {
  data: string;
  keyFile?: string;
  json?: boolean;
}

export function addDoctorCommand(program: Command, host: () => HostPrograms): void {
  program
    .command('doctor')
    .description('numbered checks of this machine and a data directory, each with what to do')
    .requiredOption('--data <dir>', 'data directory; a running engine that holds it is asked')
    .option('--key-file <file>', 'key of the store, where it is kept outside')
    .option('--json', 'the last line of stdout is one JSON object')
    .action((options: DoctorOptions) => runDoctor(options, host()));
}

/** Exit status 1 when a check failed: scripts can ask. */
async function runDoctor(options: DoctorOptions, host: HostPrograms): Promise<void> {
  const steps = [...(await examine(options)), ...(await examineHost(host))];
  const healthy = steps.every((step) => step.ok !== 'no');
  process.stdout.write(
    options.json ? `${JSON.stringify({ healthy, steps })}\n` : describeSteps(steps),
  );
  if (!healthy) process.exitCode = 1;
}

async function examine(options: DoctorOptions): Promise<DoctorStep[]> {
  const dataDir = resolve(options.data);
  const engine = findRunningEngine(dataDir);
  if (engine === null) return examineDirectory(dataDir, options.keyFile ?? null);
  const client = await connectRpc(engine.url, readToken(engine.tokenFile));
  try {
    return commands['app.doctor'].output.parse(await client.send('app.doctor', {})).steps;
  } finally {
    client.close();
  }
}

const texts = z.object({
  doctor: z.object({
    step: z.record(z.string(), z.string()),
    finding: z.record(z.string(), z.record(z.string(), z.string())),
    todo: z.record(z.string(), z.record(z.string(), z.string())),
  }),
});

const MARKS: Record<DoctorStep['ok'], string> = { yes: 'ok', no: 'NO', unknown: '?' };

/** For people, in English as the whole command line; the window has the same texts in its language. */
export function describeSteps(steps: readonly DoctorStep[]): string {
  const file = join(resourcesDirectory(), 'locales', 'en', 'doctor.json');
  const { doctor } = texts.parse(JSON.parse(readFileSync(file, 'utf8')));
  const lines = steps.map((step, index) => {
    const [, what = '', found = ''] = step.finding.split('.');
    const say = (text: string | undefined) => fill(text ?? '', step.details);
    const number = String(index + 1).padStart(2);
    const name = (doctor.step[step.id] ?? step.id).padEnd(22);
    const line = `${number}  ${MARKS[step.ok].padEnd(3)} ${name} ${say(doctor.finding[what]?.[found] ?? step.finding)}`;
    const todo = doctor.todo[what]?.[found];
    return todo === undefined ? line : `${line}\n        → ${say(todo)}`;
  });
  return `${lines.join('\n')}\n`;
}

function fill(text: string, details: Record<string, unknown>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => String(details[name] ?? '?'));
}
