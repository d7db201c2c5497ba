import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { crashRun } from './crash-figures.ts';

const directory = mkdtempSync(join(tmpdir(), 'message-crash-'));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('an engine that is killed in the middle of a message to many', () => {
  it('sends every message once, or says that it does not know; none twice', async () => {
    const messages = 600;
    const result = await crashRun({
      dataDir: join(directory, 'store'),
      messages,
      killAt: [60, 250],
      speed: { maxPerSecond: 400, window: 20 },
      note: () => {},
    });
    expect(result).toMatchObject({ kills: 2, twice: 0, phantom: 0, denied: 0 });
    // its receipts carry our reference: what the SMSC took is known again
    expect(result.unknownTaken).toBe(0);
    const { known, unknown, left } = result;
    expect(known + unknown, JSON.stringify(left)).toBe(messages);
    // what a gateway of this speed is given within an eighth of a second, and what it had not answered
    expect(unknown).toBeLessThan(300);
  });
});
