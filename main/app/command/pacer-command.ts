import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { AppError } from '#shared/errors/index.ts';
import { createPacer, PacerLines, pacerConfig } from '../../dialer/pacing/index.ts';

const format = `
Configuration (the rest has the defaults shown; unknown keys are ignored):
  {"mode":"predictive"|"progressive"|"power","linesPerAgent":2,"abandonmentLimitPercent":3,
   "abandonmentWindowMs":86400000,"answerToAgentMaxMs":2000,"maxConcurrentCalls":60,
   "ringTimeoutMs":25000,"minRingMs":(absent: nothing is taken back)}
Lines in ("at" in ms, never decreasing):
  {"at":0,"type":"agent","id":"a1","state":"ready"}       ready talking wrapUp away;
                                                         wrapUp may carry "readyInMs"
  {"at":40,"type":"call","id":"c1","state":"dialing"}     dialing ringing answered humanAnswered
                                                         connected (with "agent") abandoned machine
                                                         busy noAnswer failed cancelled ended
  {"at":100,"type":"decide"}
Each decide is answered by one line:
  {"at":100,"dial":2,"cancel":["c9"],"why":{…}}`;

export function addPacerCommand(program: Command): void {
  program
    .command('pacer')
    .description('the pacing controller: one JSON object a line on stdin, answers on stdout')
    .requiredOption('--config <file>', 'file with the configuration, one JSON object')
    .addHelpText('after', format)
    .action((options: { config: string }) => runPacer(options.config));
}

/** Each `decide` is answered before further input is waited for. Exit status 1 when a line was refused. */
async function runPacer(file: string): Promise<void> {
  const lines = new PacerLines(createPacer(readConfig(file)));
  // who reads the answers may stop before we do; that is no fault
  process.stdout.on('error', () => process.exit());
  let rest = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    answer(lines, parts);
  }
  if (rest !== '') answer(lines, [rest]);
}

function answer(lines: PacerLines, texts: readonly string[]): void {
  let answers = '';
  for (const text of texts) {
    const result = lines.take(text);
    if (result.kind === 'answer') answers += `${result.text}\n`;
    if (result.kind === 'fault') {
      process.stderr.write(`${result.message}\n`);
      process.exitCode = 1;
    }
  }
  if (answers !== '') process.stdout.write(answers);
}

function readConfig(file: string) {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new AppError('command.usage', `${file} cannot be read as JSON`, { cause });
  }
  const parsed = pacerConfig.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.') ?? '';
  throw new AppError('command.usage', `${file}: ${place}: ${issue?.message ?? 'not valid'}`);
}
