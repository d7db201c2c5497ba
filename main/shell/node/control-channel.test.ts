import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askRunningShell, openControlChannel } from './control-channel.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'dialdesk-control-'));
  mkdirSync(dataDir, { recursive: true });
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('the channel to a shell that runs', () => {
  it('answers what a second start asks', async () => {
    const close = await openControlChannel(dataDir, async (ask) => `you asked for ${ask}`);
    expect(await askRunningShell(dataDir, 'login-address')).toBe('you asked for login-address');
    close();
    expect(await askRunningShell(dataDir, 'login-address')).toBeUndefined();
  });

  it('is found dead after its shell was killed, and the next start goes on', async () => {
    const path = join(dataDir, 'gone.sock');
    const content = JSON.stringify({ path, secret: 'x' });
    writeFileSync(join(dataDir, 'shell-control.json'), content);
    expect(await askRunningShell(dataDir, 'open-window')).toBeUndefined();
  });
});
