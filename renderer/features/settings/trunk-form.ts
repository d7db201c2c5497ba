import { type Trunk, type TrunkSettings, trunkSettings } from '#shared/contract/index.ts';

/** What the trunk form holds while it is edited. */
export interface TrunkForm {
  settings: TrunkSettings;
  /** '' keeps the stored one: a password is never shown again */
  password: string;
  enabled: boolean;
  callerIds: readonly { e164: string; label: string }[];
}

const e164Pattern = /^\+[1-9]\d{6,14}$/;

export function newTrunkForm(country: string): TrunkForm {
  return {
    settings: {
      name: '',
      host: '',
      port: 5060,
      authentication: 'register',
      user: '',
      authUser: '',
      domain: '',
      callerIdHeader: 'from',
      numberFormat: 'e164',
      country,
      dialPrefix: '',
      codecs: ['pcma', 'pcmu'],
      maxConcurrentCalls: 30,
      localPort: 0,
      nat: { kind: 'none' },
      keepAliveMs: 30_000,
    },
    password: '',
    enabled: true,
    callerIds: [],
  };
}

export function trunkFormOf(trunk: Trunk): TrunkForm {
  return {
    settings: trunk.settings,
    password: '',
    enabled: trunk.enabled,
    callerIds: trunk.callerIds.map(({ e164, label }) => ({ e164, label })),
  };
}

export type TrunkFormGap =
  | 'name'
  | 'host'
  | 'user'
  | 'dialPrefix'
  | 'natServer'
  | 'natAddress'
  | 'codecs'
  | 'callerIds'
  | 'sameCallerId'
  | 'other';

/** What must be mended before the form can be tested or saved, by field. */
export function trunkGaps(form: TrunkForm): TrunkFormGap[] {
  const { settings } = form;
  const gaps: TrunkFormGap[] = [];
  if (settings.name.trim() === '') gaps.push('name');
  if (!isHost(settings.host.trim())) gaps.push('host');
  if (settings.authentication === 'register' && settings.user.trim() === '') gaps.push('user');
  if (!/^[0-9*#]{0,12}$/.test(settings.dialPrefix)) gaps.push('dialPrefix');
  if (settings.nat.kind === 'stun' && settings.nat.server.trim() === '') gaps.push('natServer');
  if (settings.nat.kind === 'publicAddress' && settings.nat.address.trim() === '') {
    gaps.push('natAddress');
  }
  if (settings.codecs.length === 0) gaps.push('codecs');
  const numbers = form.callerIds.map((one) => one.e164);
  if (numbers.some((number) => !e164Pattern.test(number))) gaps.push('callerIds');
  if (new Set(numbers).size < numbers.length) gaps.push('sameCallerId');
  if (gaps.length === 0 && !trunkSettings.safeParse(cleanSettings(settings)).success) {
    gaps.push('other');
  }
  return gaps;
}

export function isE164(text: string): boolean {
  return e164Pattern.test(text);
}

/** A host name or an address; not a URI, which people paste. */
function isHost(text: string): boolean {
  return text !== '' && text.length <= 253 && !/[\s/@,;]/.test(text) && !/^sips?:/i.test(text);
}

/** What is sent: without the blanks that come with pasting. */
export function cleanSettings(settings: TrunkSettings): TrunkSettings {
  return {
    ...settings,
    name: settings.name.trim(),
    host: settings.host.trim(),
    user: settings.user.trim(),
    authUser: settings.authUser.trim(),
    domain: settings.domain.trim(),
  };
}

/**
 * A host as carriers print it: `sip:proxy.example:5070` is taken apart, so that it may be pasted whole.
 */
export function withHost(settings: TrunkSettings, text: string): TrunkSettings {
  const match = /^\s*(?:sips?:)?([^\s:/;@]+)(?::(\d{1,5}))?\s*$/i.exec(text);
  const port = Number(match?.[2]);
  if (!match?.[1] || !match[2] || port < 1 || port > 65_535) return { ...settings, host: text };
  return { ...settings, host: match[1], port };
}
