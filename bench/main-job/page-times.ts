import type { Page } from 'playwright-core';

export interface PaintTime {
  callId: string;
  /** the event reached the page, epoch ms */
  heardAt: number;
  /** the frame after the one that shows the card has begun, epoch ms */
  paintedAt: number;
}

/** What the page noted of each call: see `paint-mark.tsx`. */
export async function paintTimes(page: Page): Promise<PaintTime[]> {
  const marks = await page.evaluate(() =>
    performance
      .getEntriesByType('mark')
      .filter(({ name }) => name.startsWith('dialdesk:'))
      .map((mark) => ({
        name: mark.name,
        at: performance.timeOrigin + mark.startTime,
        callId: String((mark as PerformanceMark).detail?.callId),
      })),
  );
  const heard = new Map<string, number>();
  for (const mark of marks)
    if (mark.name === 'dialdesk:call-connected') heard.set(mark.callId, mark.at);
  return marks
    .filter((mark) => mark.name === 'dialdesk:card-painted')
    .flatMap(({ callId, at }) => {
      const heardAt = heard.get(callId);
      return heardAt === undefined ? [] : [{ callId, heardAt, paintedAt: at }];
    });
}

/** How long this page takes to come to the second next frame when it has nothing to show, ms. */
export function emptyFrames(page: Page, count: number): Promise<number[]> {
  return page.evaluate(async (times) => {
    const took: number[] = [];
    for (let index = 0; index < times; index += 1) {
      // begins anywhere between two frames
      await new Promise((resolve) => setTimeout(resolve, 7 + (index % 13)));
      const startedMs = performance.now();
      await new Promise<void>((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
      );
      took.push(performance.now() - startedMs);
    }
    return took;
  }, count);
}
