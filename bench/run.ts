// Runs one benchmark: `dialdesk bench NAME [--json]`. With --json the last line of stdout is
// {"bench","figures":[{"name","value","unit","baseline"?,"ratio"?,"aim"?,"holds"?}]}.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Bench, describeFigures, reportFigure } from './bench.ts';

const suffix = '.bench.ts';
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length));

process.exitCode = await main();

async function main(): Promise<number> {
  const request = parseRequest();
  if (request === undefined || !names.includes(request.name)) return wrongUsage(request?.name);
  try {
    await runBench(request.name, request.json);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}

function parseRequest(): { name: string; json: boolean } | undefined {
  try {
    const options = { json: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [name] = positionals;
    return name === undefined || positionals.length > 1 ? undefined : { name, json: values.json };
  } catch {
    return undefined;
  }
}

/** Exit status 2; one line on stderr. */
function wrongUsage(name: string | undefined): number {
  const known = names.length > 0 ? names.join(', ') : 'none yet';
  const unknown = name === undefined ? '' : `no benchmark ${name}; `;
  process.stderr.write(
    `${unknown}usage: dialdesk bench NAME [--json], where NAME is one of: ${known}\n`,
  );
  return 2;
}

async function runBench(name: string, json: boolean): Promise<void> {
  const module = (await import(new URL(`./${name}${suffix}`, import.meta.url).href)) as {
    default: Bench;
  };
  const note = (text: string) => void process.stderr.write(`${text}\n`);
  const figures = (await module.default.run({ note })).map(reportFigure);
  const lines = json ? [JSON.stringify({ bench: name, figures })] : describeFigures(figures);
  process.stdout.write(`${lines.join('\n')}\n`);
}
