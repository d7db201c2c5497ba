import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PacerAnswer, PacerConfigInput, PacerLine } from '../../main/dialer/pacing/index.ts';
import { type DayOptions, simulateDay } from './day.ts';
import type { DayResult } from './day-result.ts';

const COMMAND = join(import.meta.dirname, '../../main/entries/command.ts');

/**
 * Drives the real command, `dialdesk pacer --config FILE`, through one day: each batch of lines goes to its stdin,
 * and the floor stands still until the answer has come from its stdout.
 * @param seen each answer as text, as it came
 * @throws when the command ends early
 */
export async function driveDayByCommand(
  options: DayOptions,
  config: PacerConfigInput,
  seen: (answer: string) => void = () => undefined,
): Promise<DayResult> {
  const directory = mkdtempSync(join(tmpdir(), 'dialdesk-pacer-'));
  const file = join(directory, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const child = spawn(process.execPath, [COMMAND, 'pacer', '--config', file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    return await converse(child, simulateDay(options), seen);
  } finally {
    child.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function converse(
  child: ChildProcess,
  steps: ReturnType<typeof simulateDay>,
  seen: (answer: string) => void,
): Promise<DayResult> {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the pacer has no pipes');
  const answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  let step = steps.next(null);
  while (!step.done) {
    stdin.write(textOf(step.value));
    step = steps.next(asksForAnswer(step.value) ? await next(answers, seen) : null);
  }
  stdin.end();
  return step.value;
}

function textOf(lines: readonly PacerLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function asksForAnswer(lines: readonly PacerLine[]): boolean {
  return lines.at(-1)?.type === 'decide';
}

async function next(
  answers: AsyncIterator<string>,
  seen: (answer: string) => void,
): Promise<PacerAnswer> {
  const { value, done } = await answers.next();
  if (done === true) throw new Error('dialdesk pacer ended before the day did');
  seen(value);
  return JSON.parse(value) as PacerAnswer;
}
