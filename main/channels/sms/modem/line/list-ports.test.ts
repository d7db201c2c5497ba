import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listLinuxPorts } from './list-ports.ts';

describe.skipIf(process.platform === 'win32')('ports of a machine', () => {
  it('are those that a device is at, with its name', async () => {
    const devices = mkdtempSync(join(tmpdir(), 'dialdesk-dev-'));
    try {
      for (const name of ['ttyUSB10', 'ttyUSB2', 'ttyS0', 'tty', 'null', 'ttyACM0']) {
        writeFileSync(join(devices, name), '');
      }
      mkdirSync(join(devices, 'serial/by-id'), { recursive: true });
      symlinkSync('../../ttyUSB2', join(devices, 'serial/by-id/usb-HUAWEI_Mobile-if00-port0'));
      expect(await listLinuxPorts(devices)).toEqual([
        { path: join(devices, 'ttyACM0'), label: null },
        { path: join(devices, 'ttyUSB2'), label: 'HUAWEI Mobile-if00-port0' },
        { path: join(devices, 'ttyUSB10'), label: null },
      ]);
    } finally {
      rmSync(devices, { recursive: true, force: true });
    }
  });

  it('are none where there is no folder of devices', async () => {
    expect(await listLinuxPorts('/nonexistent')).toEqual([]);
  });
});
