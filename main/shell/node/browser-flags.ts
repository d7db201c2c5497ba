export interface BrowserFlagsOptions {
  profile: string;
  platform: NodeJS.Platform;
  /** Chromium refuses its sandbox to root */
  isRoot: boolean;
  /** `DIALDESK_BROWSER_FLAGS`: for tests */
  more: readonly string[];
  /** `file:` address of the page that leads to the engine; nothing secret is in it */
  page: string;
}

/** Chromium features that look for something outside, or ask the person about it. */
const FEATURES_OFF = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'InterestFeedContentSuggestions',
  'MediaRouter',
  'OptimizationHints',
  'Translate',
];

/**
 * The command line of the window. No debugging port, and nothing that opens the engine: arguments can be read by every program
 * of this person. Calls need sound without a click first and peers on loopback; a window that is covered goes on working.
 */
export function browserFlags(options: BrowserFlagsOptions): string[] {
  return [
    `--user-data-dir=${options.profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-client-side-phishing-detection',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-quic',
    // what no switch turns off (updates, accounts) finds no address: nothing but this machine is ever asked
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
    '--no-proxy-server',
    '--disable-sync',
    '--metrics-recording-only',
    '--no-pings',
    `--disable-features=${FEATURES_OFF.join(',')}`,
    '--allow-loopback-in-peer-connection',
    '--autoplay-policy=no-user-gesture-required',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    // the profile holds no password, so no key ring need be opened for it
    ...(options.platform === 'darwin' ? ['--use-mock-keychain'] : []),
    ...(options.platform === 'linux' ? ['--password-store=basic'] : []),
    ...(options.isRoot ? ['--no-sandbox'] : []),
    ...options.more,
    `--app=${options.page}`,
  ];
}

/** Splits `DIALDESK_BROWSER_FLAGS` at white space; a flag with spaces is put in double quotes. */
export function splitFlags(text: string | undefined): string[] {
  return [...(text ?? '').matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
}
