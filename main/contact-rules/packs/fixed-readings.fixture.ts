/**
 * The rules of reference §8.6 with the numbers that bind, in the words of the pack format; what stands here must stand in
 * the packs exactly. `undefined` means that the rule must not have the field.
 */
const voice = ['call', 'voiceMessage'];
const cvs = ['call', 'voiceMessage', 'sms', 'mms'];
const electronic = [...cvs, 'email', 'chat'];
const all = [...electronic, 'letter', 'visit'];
const texts = ['voiceMessage', 'sms', 'mms', 'email', 'chat'];
const talk = ['conversation', 'effectiveCall'];
const notLawyer = ['debtor', 'spouse', 'guarantor', 'thirdParty'];

type Windows = [string, string][];
const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'];
const week = (
  weekday: Windows,
  sat: Windows,
  sun: Windows,
  holiday?: Windows,
): Record<string, Windows> => ({
  ...Object.fromEntries(workdays.map((day) => [day, weekday])),
  sat,
  sun,
  ...(holiday === undefined ? {} : { holiday }),
});
const everyDay = (from: string, to: string) => week([[from, to]], [[from, to]], [[from, to]]);
const days = (count: number) => ({ type: 'calendarDays', days: count });
const consent = {
  type: 'directConsent',
  scope: ['person', 'debt'],
  lasts: 'P7D',
  firstDayCounts: true,
};

const cap = (
  channels: string[],
  counts: string[],
  limit: number,
  length: number,
  scope: string[],
  more: object = {},
) => ({
  kind: 'cap',
  channels,
  counts,
  countChannels: channels,
  direction: 'out',
  excludeFlags: [],
  scope,
  limit,
  window: days(length),
  purposes: undefined,
  ...more,
});
const hours = (channels: string[], calendar: string, open: object, more: object = {}) => ({
  kind: 'hours',
  channels,
  calendar,
  week: open,
  weekWhen: undefined,
  purposes: undefined,
  zoneBasis: undefined,
  ...more,
});
const hold = (holdKind: string, channels: string[] = all) => ({
  kind: 'hold',
  channels,
  holdKind,
  purposes: undefined,
  modes: undefined,
});
const shut: Windows = [];

export interface FixedPack {
  zoneBasis: string;
  fixedZone?: string;
  rules: Record<string, object>;
}

export const fixedReadings: Record<string, FixedPack> = {
  'us-federal': {
    zoneBasis: 'allKnown',
    rules: {
      'US-F-01': cap(voice, ['attempt'], 7, 7, ['person', 'debt'], {
        excludeFlags: ['notConnected', 'consented', 'excludedParty'],
        targets: notLawyer,
        unless: [consent],
      }),
      'US-F-02': {
        kind: 'cooldown',
        channels: voice,
        after: ['conversation'],
        countChannels: voice,
        direction: 'both',
        length: 'P7D',
        firstDayCounts: true,
        scope: ['person', 'debt'],
        targets: notLawyer,
        unless: [consent],
      },
      'US-F-03': hours(electronic, 'US', everyDay('08:00', '21:00')),
      'US-F-04': { kind: 'personalBlock', channels: all, zoneBasis: 'residence' },
      'US-F-06': hold('cease'),
      'US-F-08': hold('mediumOptOut'),
      'US-F-15': hold('dispute'),
    },
  },
  'us-ma': {
    zoneBasis: 'allKnown',
    rules: {
      'US-MA-01': cap(cvs, ['attempt', 'message'], 2, 7, ['person', 'debt'], {
        excludeFlags: ['unreachableNoMessage'],
        numberClasses: ['home', 'mobile'],
      }),
      'US-MA-02': cap(cvs, ['attempt', 'message'], 2, 30, ['person', 'debt'], {
        excludeFlags: ['unreachableNoMessage'],
        numberClasses: ['work', 'other'],
      }),
      'US-MA-03': { ...hold('workplace', ['call']), numberClasses: ['work'] },
    },
  },
  'us-nyc': {
    zoneBasis: 'allKnown',
    rules: { 'US-NYC-01': cap(all, ['attempt', 'message', 'visit'], 3, 7, ['account']) },
  },
  'us-fl': {
    zoneBasis: 'allKnown',
    rules: {
      'US-FL-01': hours(cvs, 'US', everyDay('08:00', '21:00'), { zoneBasis: 'numberPresumed' }),
    },
  },
  'us-dc': {
    zoneBasis: 'allKnown',
    rules: { 'US-DC-01': cap(['call'], ['attempt'], 4, 7, ['account']) },
  },
  uk: {
    zoneBasis: 'residence',
    rules: {
      'UK-P-01': hours(all, 'GB', week([['08:00', '21:00']], [['09:00', '18:00']], shut, shut)),
      'UK-O-03': {
        kind: 'cooldown',
        channels: ['call'],
        after: ['abandoned'],
        countChannels: ['call'],
        direction: 'out',
        length: 'PT72H',
        scope: ['number'],
        modes: ['progressive', 'predictive', 'bot', 'prerecorded'],
        unless: [{ type: 'fact', name: 'guaranteedAgent' }],
      },
      'UK-H-01': hold('breathingSpace'),
    },
  },
  pl: {
    zoneBasis: 'residence',
    rules: {
      'PL-Z-01': hours(['call'], 'PL', week([['06:00', '22:00']], shut, shut, shut), {
        weekWhen: {
          fact: 'noWeekdayReach',
          week: { sat: [['08:00', '20:00']], sun: [['08:00', '20:00']] },
        },
      }),
      'PL-P-01': hours(all, 'PL', week([['08:00', '20:00']], [['08:00', '20:00']], shut, shut)),
    },
  },
  ru: {
    zoneBasis: 'residence',
    rules: {
      'RU-01': hours(
        [...electronic, 'visit'],
        'RU',
        week(
          [['08:00', '22:00']],
          [['09:00', '20:00']],
          [['09:00', '20:00']],
          [['09:00', '20:00']],
        ),
      ),
      'RU-02a': cap(['call'], talk, 1, 1, ['person']),
      'RU-02b': cap(['call'], talk, 2, 7, ['person']),
      'RU-02c': cap(['call'], talk, 8, 31, ['person']),
      'RU-03a': cap(texts, ['message'], 2, 1, ['person']),
      'RU-03b': cap(texts, ['message'], 4, 7, ['person']),
      'RU-03c': cap(texts, ['message'], 16, 31, ['person']),
      'RU-06': { kind: 'callerId', channels: cvs, withheldAllowed: false },
    },
  },
  cn: {
    zoneBasis: 'fixed',
    fixedZone: 'Asia/Shanghai',
    rules: {
      'CN-01': hours(all, 'CN', everyDay('08:00', '22:00')),
      'CN-02': cap(['call'], talk, 3, 1, ['person']),
      'CN-03': cap(['call'], ['rang', 'notConnected', 'messageLeft'], 6, 1, ['number']),
    },
  },
  za: {
    zoneBasis: 'residence',
    rules: {
      'ZA-01': hours(all, 'ZA', week([['06:00', '21:00']], [['06:00', '21:00']], shut)),
      'ZA-02': hours(all, 'ZA', week([['08:00', '20:00']], [['09:00', '13:00']], shut, shut), {
        purposes: ['marketing'],
      }),
    },
  },
  de: {
    zoneBasis: 'residence',
    rules: {
      'DE-P-01': hours(
        ['call'],
        'DE',
        week([['08:00', '20:00']], [['08:00', '20:00']], shut, shut),
      ),
    },
  },
  es: {
    zoneBasis: 'residence',
    rules: { 'ES-P-01': hours(['call'], 'ES', week([['09:00', '21:00']], shut, shut, shut)) },
  },
};

/**
 * Every row of reference §3 that maps to a kind of rule (§5), by the start of the ids that it makes; a row may make
 * several rules, whose ids then carry a letter. Rows without a rule: PL-U-01, DE-01, ES-01, RU-14, RU-15, EU-G-06, ES-04.
 */
export const rowsOfReference: Record<string, string[]> = {
  'us-federal': [
    ...Array.from({ length: 17 }, (_, index) => `US-F-${String(index + 1).padStart(2, '0')}`),
    ...['US-T-01', 'US-T-02', 'US-T-03', 'US-T-04', 'US-S-01', 'US-S-02', 'US-C-01', 'US-C-02'],
    ...['US-R-01', 'US-R-02'],
  ],
  'us-nyc': ['US-NYC-01', 'US-NYC-02'],
  'us-ma': ['US-MA-01', 'US-MA-02', 'US-MA-03'],
  'us-fl': ['US-FL-01'],
  'us-wa': ['US-WA-01'],
  'us-dc': ['US-DC-01', 'US-DC-02'],
  uk: [
    ...['UK-F-01', 'UK-F-02', 'UK-F-03', 'UK-P-01', 'UK-O-01', 'UK-O-02', 'UK-O-03', 'UK-O-04'],
    ...['UK-C-01', 'UK-H-01', 'UK-M-01', 'UK-R-01'],
  ],
  pl: ['PL-Z-01', 'PL-P-01', 'PL-U-02', 'PL-K-01', 'PL-N-01', 'PL-D-01', 'PL-C-01'],
  ru: [
    ...Array.from({ length: 13 }, (_, index) => `RU-${String(index + 1).padStart(2, '0')}`),
    'RU-16',
  ],
  za: ['ZA-01', 'ZA-02', 'ZA-03', 'ZA-04', 'ZA-05', 'ZA-06', 'ZA-P-01'],
  cn: ['CN-01', 'CN-02', 'CN-03', 'CN-04', 'CN-05', 'CN-06'],
  de: ['DE-P-01', 'DE-02', 'DE-03', 'DE-04', 'DE-05'],
  es: ['ES-02', 'ES-P-01', 'ES-03', 'ES-05'],
  eu: ['EU-G-01', 'EU-G-02', 'EU-G-03', 'EU-G-04', 'EU-G-05', 'EU-N-01', 'EU-A-01'],
  pci: ['PCI-01', 'PCI-02', 'PCI-03', 'PCI-04', 'PCI-05', 'PCI-06'],
};
