import { type BenchContext, type Figure, percentile } from '../bench.ts';
import { twoPercentiles } from '../main-job/latency.ts';
import { drawLists, type ListQuery } from './draw-filters.ts';
import { type DrawnSearch, drawSearches } from './draw-queries.ts';
import { type EngineClient, trivialRoundTrip } from './engine-client.ts';

/** of each kind */
const SEARCHES = 300;
const LISTS = 500;
/** not measured: the first ones meet cold code and cold pages */
const WARM_UP = 20;
const SEARCH_AIM_MS = 30;
const LIST_AIM_MS = 50;
const SEED = 71;

interface FindParts {
  client: EngineClient;
  dataDir: string;
  note: BenchContext['note'];
}

/** Search by everything that a person may remember, one kind after another. */
export async function searchFigures(parts: FindParts): Promise<Figure[]> {
  const figures: Figure[] = [];
  let missed = 0;
  for (const search of await drawSearches(parts.dataDir, SEARCHES, SEED)) {
    const { times, misses, baseline } = await timeSearches(parts.client, search);
    const more = { baseline, aim: SEARCH_AIM_MS };
    figures.push(...twoPercentiles(`search: ${search.name}`, times, more));
    parts.note(`search: ${search.name}: ${search.queries.length} queries`);
    if (search.mustFind) missed += misses;
    else figures.push({ name: '  its debtor not among 20 hits', value: misses, unit: 'times' });
  }
  figures.push({
    name: 'searches for one debtor that did not find it',
    value: missed,
    unit: 'times',
    aim: 0,
  });
  return figures;
}

async function timeSearches(client: EngineClient, { queries, mustFind, name }: DrawnSearch) {
  const times: number[] = [];
  const baseline: number[] = [];
  let misses = 0;
  const warm = queries.slice(0, WARM_UP);
  for (const { query } of warm) await client.time('search.find', { query, limit: 20 });
  for (const { query, debtorId } of queries) {
    const { ms, value } = await client.time('search.find', { query, limit: 20 });
    times.push(ms);
    baseline.push(await trivialRoundTrip(client));
    if (value.hits.some((hit) => hit.debtorId === debtorId)) continue;
    misses += 1;
    if (mustFind) process.stderr.write(`${name}: "${query}" did not find ${debtorId}\n`);
  }
  return { times, misses, baseline };
}

/** First pages of lists with three conditions each. */
export async function listFigures({ client, note }: FindParts): Promise<Figure[]> {
  const choices = await client.send('list.choices', {});
  const lists = drawLists(choices, LISTS + WARM_UP, SEED);
  const timed: { ms: number; total: number; query: ListQuery }[] = [];
  const baseline: number[] = [];
  for (const [index, query] of lists.entries()) {
    const { ms, value } = await client.time('list.query', query);
    if (index < WARM_UP) continue;
    timed.push({ ms, total: value.total, query });
    baseline.push(await trivialRoundTrip(client));
  }
  const slowest = timed.reduce((worst, each) => (each.ms > worst.ms ? each : worst));
  note(`the slowest list: ${slowest.ms.toFixed(1)} ms, ${JSON.stringify(slowest.query)}`);
  const times = timed.map(({ ms }) => ms);
  const totals = timed.map(({ total }) => total);
  return [
    ...twoPercentiles('list with three filters, first page', times, {
      baseline,
      aim: LIST_AIM_MS,
    }),
    { name: '  debtors that fitted, median', value: percentile(totals, 0.5), unit: 'debtors' },
    { name: '  debtors that fitted, most', value: percentile(totals, 1), unit: 'debtors' },
    {
      name: '  lists that nobody fitted',
      value: totals.filter((n) => n === 0).length,
      unit: 'lists',
    },
  ];
}
