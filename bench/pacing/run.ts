// To try a controller on one scenario: node bench/pacing/run.ts SCENARIO DAYS CONTROLLER SIZES [JSON of the configuration]
//   node bench/pacing/run.ts S2 10 predictive 2,5,10
//   node bench/pacing/run.ts S3 10 predictive 5 '{"minRingMs":15000,"notice":true,"abandonmentWindowMs":2592000000}'
//   node bench/pacing/run.ts all 4 progressive 5
// CONTROLLER: predictive (the product's pacer), progressive, hard, tapered, ratio:2.5 (VICIdial), free:2.5 or
// present:1.4 (fixed ratio). "notice":true: agents' desktops tell when wrap-up ends. "tickMs":1000: how
// often the pacer is asked besides after events. "fresh":true: a new pacer each day.
import { createPacer, pacerConfig } from '../../main/dialer/pacing/index.ts';
import { createFixedRatio } from './baselines/fixed-ratio.ts';
import { createProgressive } from './baselines/progressive.ts';
import { createVicidial, hardLimit, ratioAvailableOnly, tapered } from './baselines/vicidial.ts';
import { abandonmentPercent, minutesPerHour, shareOfDaysAbove } from './day-result.ts';
import type { Scenario } from './scenario.ts';
import { scenarios, withNotice } from './scenarios.ts';
import { type LinePacer, simulateDays } from './simulate.ts';

const [names = 'S2', days = '4', controller = 'predictive', sizes = '5', json = '{}'] =
  process.argv.slice(2);
const { notice = false, fresh = false, seed = 7, tickMs, rounding, ...config } = JSON.parse(json);

for (const agents of sizes.split(',').map(Number)) {
  for (const name of names === 'all' ? Object.keys(scenarios) : names.split(',')) {
    const plain = scenarios[name]?.(agents);
    if (plain === undefined)
      throw new Error(`scenarios: ${Object.keys(scenarios).join(', ')}, all`);
    report(notice ? withNotice(plain) : plain);
  }
}

function report(scenario: Scenario): void {
  if (tickMs !== undefined) scenario.tickMs = tickMs;
  const startedMs = process.cpuUsage().user / 1_000;
  let pacer = make(scenario);
  const results = simulateDays(
    { scenario, seed, days: Number(days), ...optional(config.minRingMs) },
    (day) => {
      if (fresh && day > 0) pacer = make(scenario);
      return pacer;
    },
  );
  const sum = (key: 'dials' | 'takenBack' | 'violations') =>
    results.reduce((total, day) => total + day[key], 0);
  const tookMs = Math.round((process.cpuUsage().user / 1_000 - startedMs) / results.length);
  console.log(
    `${scenario.name}, ${scenario.agents} agents, ${controller}: ${minutesPerHour(results).toFixed(2)} min/h, ` +
      `${abandonmentPercent(results).toFixed(2)} %, days above 3 %: ${(100 * shareOfDaysAbove(results, 3)).toFixed(0)} %, ` +
      `first 50: ${results.map((day) => day.abandonedOfFirst50).join(' ')}, dials ${sum('dials')}, ` +
      `taken back ${sum('takenBack')}, violations ${sum('violations')}, ${tookMs} ms of a core a day`,
  );
}

function optional(minRingMs: number | undefined): { minRingMs?: number } {
  return minRingMs === undefined ? {} : { minRingMs };
}

function make(scenario: Scenario): LinePacer {
  const [kind, level = '2'] = controller.split(':');
  if (kind === 'progressive') return createProgressive();
  if (kind === 'hard') return createVicidial(hardLimit);
  if (kind === 'tapered') return createVicidial(tapered);
  if (kind === 'ratio') return createVicidial(ratioAvailableOnly(Number(level)));
  if (kind === 'free' || kind === 'present')
    return createFixedRatio(Number(level), { tally: kind, rounding: rounding ?? 'nearest' });
  const { maxConcurrentCalls, ringTimeoutMs } = scenario;
  return createPacer(
    pacerConfig.parse({ mode: 'predictive', maxConcurrentCalls, ringTimeoutMs, ...config }),
  );
}
