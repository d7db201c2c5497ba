import type { Page } from 'playwright-core';
import { AgentPage } from '../../e2e/support/agent-page.ts';
import { TestBrowser } from '../../e2e/support/browser.ts';
import { seededRandom } from '../../main/debtors/sample/seeded-random.ts';
import type { Figure } from '../bench.ts';
import { twoPercentiles } from '../main-job/latency.ts';
import { emptyFrames } from '../main-job/page-times.ts';
import { openBenchStore } from './bench-store.ts';
import { drawDebtorIds } from './draw-queries.ts';

const OPENINGS = 150;
const WARM_UP = 10;
const AIM_MS = 100;

interface Opening {
  debtorId: string;
  displayName: string;
}

/**
 * The card in Chromium: from the address of a debtor to the frame after the one that shows the name and the newest of
 * the history. In turn a debtor with a long history, which is measured, and another one.
 */
export async function paintFigures(parts: {
  address: string;
  dataDir: string;
  heavyDebtorIds: readonly string[];
}): Promise<Figure[]> {
  const openings = await drawOpenings(parts.dataDir, parts.heavyDebtorIds);
  const long = new Set(parts.heavyDebtorIds);
  const browser = await TestBrowser.open();
  try {
    const { page } = await browser.newPage();
    await new AgentPage(page).logIn(parts.address);
    const frames = await emptyFrames(page, 60);
    const heavy: number[] = [];
    const others: number[] = [];
    for (const [index, opening] of openings.entries()) {
      const ms = await openCard(page, opening);
      if (index < WARM_UP) continue;
      (long.has(opening.debtorId) ? heavy : others).push(ms);
    }
    const more = { baseline: frames, aim: AIM_MS };
    return [
      ...twoPercentiles('card with a long history, opened to painted', heavy, more),
      ...twoPercentiles('card of any debtor, opened to painted', others, more),
    ];
  } finally {
    await browser.close();
  }
}

/** @returns ms, in the page's own clock */
function openCard(page: Page, opening: Opening): Promise<number> {
  return page.evaluate(async ({ debtorId, displayName }) => {
    const LIMIT_MS = 20_000;
    const isShown = () => {
      const main = document.querySelector('main');
      const title = main?.querySelector('h1')?.textContent ?? '';
      return title.includes(displayName) && main?.querySelector('article') != null;
    };
    const startedMs = performance.now();
    location.hash = `#/debtor/${debtorId}`;
    while (!isShown()) {
      if (performance.now() - startedMs > LIMIT_MS) throw new Error(`no card of ${displayName}`);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    // it is in the document before this frame is painted: the next frame begins after that
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - startedMs;
  }, opening);
}

async function drawOpenings(dataDir: string, heavy: readonly string[]): Promise<Opening[]> {
  const database = await openBenchStore(dataDir, 'reader');
  const withHistory = database.prepare('SELECT 1 FROM interaction WHERE debtorId = ? LIMIT 1');
  const nameOf = database.prepare('SELECT displayName FROM debtor WHERE id = ?').pluck();
  try {
    const others = drawDebtorIds(database, seededRandom(23), OPENINGS * 4).filter(
      (id) => withHistory.get(id) !== undefined && !heavy.includes(id),
    );
    const openings = Array.from({ length: OPENINGS * 2 + WARM_UP }, (_, index) => {
      const long = heavy[(index / 2) % heavy.length];
      const debtorId = (index % 2 === 0 ? long : others[index % others.length]) ?? '';
      return { debtorId, displayName: String(nameOf.get(debtorId)) };
    });
    // the name says that the other card is there: of two of the same name, the second is left out
    return openings.filter((opening, index) => {
      const before = openings[index - 1];
      return before === undefined || opening.displayName !== before.displayName;
    });
  } finally {
    database.close();
  }
}
