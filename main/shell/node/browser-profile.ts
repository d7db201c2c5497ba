import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Chromium's number for "allowed" in its content settings. */
const ALLOWED = 1;
/** What our page may do without a question: microphone, notifications, and addresses on this machine and in the office. */
const PERMISSIONS = [
  'media_stream_mic',
  'notifications',
  'local_network',
  'local_network_access',
  'loopback_network',
];

type Settings = { [name: string]: Settings | unknown };

/**
 * Makes the browser's own profile, for its owner only, and lets our origin use the microphone: the person started this program to
 * telephone with it. A running browser writes its preferences back when it ends, so this is done before it starts.
 */
export function prepareProfile(profile: string, origin: string): void {
  const folder = join(profile, 'Default');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(profile, 0o700);
  const file = join(folder, 'Preferences');
  const preferences = readPreferences(file);
  const exceptions = inside(preferences, ['profile', 'content_settings', 'exceptions']);
  const pattern = `${origin},*`;
  for (const permission of PERMISSIONS) {
    exceptions[permission] = {
      ...section(exceptions[permission]),
      [pattern]: { setting: ALLOWED },
    };
  }
  preferences.credentials_enable_service = false;
  preferences.translate = { enabled: false };
  writeFileSync(file, JSON.stringify(preferences), { mode: 0o600 });
}

function readPreferences(file: string): Settings {
  try {
    return section(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // a new profile; Chromium too starts afresh from a damaged file
    return {};
  }
}

function section(value: unknown): Settings {
  return typeof value === 'object' && value !== null ? (value as Settings) : {};
}

function inside(settings: Settings, path: readonly string[]): Settings {
  let current = settings;
  for (const name of path) {
    const next = section(current[name]);
    current[name] = next;
    current = next;
  }
  return current;
}
