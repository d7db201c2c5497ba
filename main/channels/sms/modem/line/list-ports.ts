import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';

export interface ListedPort {
  path: string;
  label: string | null;
}

/** Serial ports of this machine, for a person to choose a modem's from. */
export async function listSerialPorts(): Promise<ListedPort[]> {
  // there the library starts a program that may be missing, and its failure ends the process
  if (process.platform === 'linux') return listLinuxPorts('/dev');
  const { SerialPort } = await import('serialport');
  const ports = await SerialPort.list();
  return ports.map(({ path, manufacturer, ...rest }) => {
    const name = 'friendlyName' in rest ? String(rest.friendlyName ?? '') : '';
    return { path, label: name || manufacturer || null };
  });
}

/** Ports of devices that are plugged in; what the system calls them is in the names of links to them. */
export async function listLinuxPorts(devices: string): Promise<ListedPort[]> {
  const labels = await labelsOf(join(devices, 'serial/by-id'));
  const names = await namesIn(devices);
  return names
    .filter((name) => /^(ttyUSB|ttyACM|rfcomm)\d+$/.test(name))
    .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
    .map((name) => ({ path: join(devices, name), label: labels.get(name) ?? null }));
}

/** `usb-HUAWEI_Mobile-if00-port0` names the port that it links to. */
async function labelsOf(folder: string): Promise<Map<string, string>> {
  const labels = new Map<string, string>();
  for (const link of await namesIn(folder)) {
    const target = await realpath(join(folder, link)).catch(() => '');
    const name = target.slice(target.lastIndexOf('/') + 1);
    labels.set(name, link.replace(/^usb-/, '').replaceAll('_', ' '));
  }
  return labels;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
