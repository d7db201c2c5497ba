// Runs one benchmark: `dialdesk bench NAME [--json]`. With --json the last line of stdout is
// {"bench","figures":[{"name","value","unit","baseline"?,"ratio"?,"aim"?,"holds"?}]}.
import { readdirSync } from 'node:fs';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { type Bench, describeFigures, reportFigure } from './bench.ts';

const suffix = '.bench.ts';
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length));

process.exitCode = await main();

async function main(): Promise<number> {
  const name = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
  if (name === undefined || !names.includes(name)) return wrongUsage(name);
  const bench = await load(name);
  const request = parseRequest(bench);
  if (request === undefined) return wrongUsage(name, bench);
  try {
    await runBench(name, bench, request);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}

async function load(name: string): Promise<Bench> {
  const address = new URL(`./${name}${suffix}`, import.meta.url).href;
  return ((await import(address)) as { default: Bench }).default;
}

interface Request {
  json: boolean;
  options: Record<string, string | undefined>;
}

function parseRequest({ options: own = [], flags: ownFlags = [] }: Bench): Request | undefined {
  const taken: ParseArgsOptionsConfig = { json: { type: 'boolean', default: false } };
  for (const option of own) taken[option] = { type: 'string' };
  for (const flag of ownFlags) taken[flag] = { type: 'boolean' };
  try {
    const { values, positionals } = parseArgs({ options: taken, allowPositionals: true });
    if (positionals.length !== 1) return undefined;
    const { json, ...given } = values;
    const options = Object.entries(given).map(([option, value]) => [option, String(value)]);
    return { json: json === true, options: Object.fromEntries(options) };
  } catch {
    return undefined;
  }
}

/** Exit status 2; one line on stderr. */
function wrongUsage(name: string | undefined, own: Pick<Bench, 'options' | 'flags'> = {}): number {
  const known = names.length > 0 ? names.join(', ') : 'none yet';
  const unknown = name === undefined || names.includes(name) ? '' : `no benchmark ${name}; `;
  const more = [
    ...(own.options ?? []).map((option) => ` [--${option} VALUE]`),
    ...(own.flags ?? []).map((flag) => ` [--${flag}]`),
  ].join('');
  process.stderr.write(
    `${unknown}usage: dialdesk bench NAME [--json]${more}, where NAME is one of: ${known}\n`,
  );
  return 2;
}

async function runBench(name: string, bench: Bench, { json, options }: Request): Promise<void> {
  const note = (text: string) => void process.stderr.write(`${text}\n`);
  const figures = (await bench.run({ note, options })).map(reportFigure);
  const describe = bench.describe ?? describeFigures;
  const lines = json ? [JSON.stringify({ bench: name, figures })] : describe(figures);
  process.stdout.write(`${lines.join('\n')}\n`);
}
