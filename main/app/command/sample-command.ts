import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import { sampleCsv } from '../../debtors/index.ts';
import { systemClock } from '../../store/index.ts';

const options = z.object({
  rows: z.coerce.number().int().min(1).max(100_000_000),
  seed: z.coerce.number().int(),
  language: z.enum(['pl', 'en', 'ru', 'mixed']),
  encoding: z.enum(['utf-8', 'windows-1250', 'windows-1251']),
  asOf: z.iso.date(),
});

export function addSampleCommand(program: Command): void {
  program
    .command('sample')
    .description('prints a made-up portfolio as CSV; the same for the same options')
    .requiredOption('--rows <n>', 'how many debts')
    .option('--seed <s>', 'another seed makes other debtors', '1')
    .option('--language <pl|en|ru|mixed>', 'of the debtors and the headers', 'mixed')
    .option('--encoding <name>', 'utf-8, windows-1250 or windows-1251', 'utf-8')
    .option('--as-of <date>', 'debts fell due before it (default: today)')
    .action((given: Record<string, string>) => printSample(given));
}

async function printSample(given: Record<string, string>): Promise<void> {
  const today = new Date(systemClock.now()).toISOString().slice(0, 10);
  const parsed = options.safeParse({ asOf: today, ...given });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new AppError(
      'command.usage',
      `--${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    );
  }
  const { rows, ...sample } = parsed.data;
  try {
    await pipeline(Readable.from(sampleCsv(sample, { rows })), process.stdout, { end: false });
  } catch (error) {
    // whoever reads has had enough: `dialdesk sample … | head`
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}
