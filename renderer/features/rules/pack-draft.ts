import type { ContactChannel, Rule } from '#shared/rule-packs/index.ts';
import { rule as ruleSchema, type Week } from '#shared/rule-packs/index.ts';

/** A pack while it is typed: any object, whose rules may not be right yet. */
export type PackDraft = Record<string, unknown>;
/** A rule while it is typed. */
export type RuleDraft = Record<string, unknown>;

export interface PackProblem {
  rule: string | null;
  field: string;
  problem: string;
}

/** Kinds that have a form; the others are typed as data. */
export const formKinds = [
  'cap',
  'hours',
  'cooldown',
  'hold',
  'content',
  'callerId',
  'consent',
  'firstNotice',
  'retention',
] as const satisfies readonly Rule['kind'][];
export type FormKind = (typeof formKinds)[number];

export function hasForm(kind: unknown): kind is FormKind {
  return (formKinds as readonly unknown[]).includes(kind);
}

export function rulesOf(pack: PackDraft): readonly RuleDraft[] {
  const { rules } = pack;
  return Array.isArray(rules)
    ? rules.filter((one): one is RuleDraft => typeof one === 'object' && one !== null)
    : [];
}

export function withRuleAt(pack: PackDraft, index: number, rule: RuleDraft): PackDraft {
  return { ...pack, rules: rulesOf(pack).map((one, at) => (at === index ? rule : one)) };
}

export function withoutRule(pack: PackDraft, index: number): PackDraft {
  return { ...pack, rules: rulesOf(pack).filter((_, at) => at !== index) };
}

/** Puts a rule of this kind at the end, with an id that the pack does not have. */
export function withNewRule(pack: PackDraft, kind: Rule['kind']): PackDraft {
  const rules = rulesOf(pack);
  const rule = newRule(kind, freeId(rules.map((one) => String(one.id))));
  const calendars = Array.isArray(pack.calendars) ? pack.calendars : [];
  const needsCalendar = kind === 'hours' && !calendars.includes('residence');
  return {
    ...pack,
    ...(needsCalendar ? { calendars: [...calendars, 'residence'] } : {}),
    rules: [...rules, rule],
  };
}

function freeId(taken: readonly string[]): string {
  for (let number = taken.length + 1; ; number += 1) {
    const id = `OWN-${String(number).padStart(2, '0')}`;
    if (!taken.includes(id)) return id;
  }
}

const workday: [string, string][] = [['08:00', '20:00']];
const week: Week = {
  mon: workday,
  tue: workday,
  wed: workday,
  thu: workday,
  fri: workday,
  sat: [],
  sun: [],
  holiday: [],
};
const everyChannel: ContactChannel[] = [
  'call',
  'voiceMessage',
  'sms',
  'mms',
  'email',
  'chat',
  'letter',
  'visit',
];

/** A rule that is right as it stands and says something sensible, to be changed. */
export function newRule(kind: Rule['kind'], id: string): Rule {
  const base = {
    id,
    basis: 'policy',
    source: 'Own policy',
    channels: ['call'] as ContactChannel[],
    severity: 'denyUnlessOverride',
  } as const;
  switch (kind) {
    case 'cap':
      return {
        ...base,
        kind,
        counts: ['attempt'],
        direction: 'out',
        countChannels: ['call'],
        excludeFlags: [],
        scope: ['person'],
        limit: 1,
        window: { type: 'calendarDays', days: 1 },
      };
    case 'cooldown':
      return {
        ...base,
        kind,
        after: ['conversation'],
        direction: 'both',
        scope: ['person'],
        length: 'P1D',
        firstDayCounts: true,
      };
    case 'hours':
      return { ...base, kind, week, calendar: 'residence' };
    case 'personalBlock':
      return { ...base, kind, channels: everyChannel };
    case 'hold':
      return { ...base, kind, channels: everyChannel, holdKind: 'dispute' };
    case 'consent':
      return {
        ...base,
        kind,
        channels: ['sms'],
        consentKind: 'perMedium',
        scope: ['person'],
        proof: true,
      };
    case 'firstNotice':
      return { ...base, kind, mustHaveSent: 'firstClaimInTextForm', blocksUntilSent: true };
    case 'addressee':
      return { ...base, kind, targets: ['thirdParty'], maxContacts: 0, allowedTopics: [] };
    case 'content':
      return {
        ...base,
        kind,
        channels: ['sms', 'mms', 'email'],
        when: 'every',
        mustInclude: ['creditorName'],
      };
    case 'callerId':
      return {
        ...base,
        kind,
        severity: 'deny',
        withheldAllowed: false,
        must: ['rightToUse'],
        forbiddenRanges: [],
        localPresence: 'warn',
      };
    case 'recording':
      return {
        ...base,
        kind,
        severity: 'deny',
        mode: 'announce',
        preBufferAllowed: false,
        combine: 'strictestOfBothEnds',
      };
    case 'retention':
      return {
        ...base,
        kind,
        severity: 'deny',
        artefact: 'recording',
        max: 'P3Y',
        anchor: 'event',
      };
    case 'abandonRate':
      return {
        ...base,
        kind,
        severity: 'warn',
        numerator: ['abandoned'],
        denominator: ['humanAnswered'],
        scope: ['campaign'],
        window: { type: 'rolling', length: 'PT24H' },
        limitPercent: 3,
        throttleAtPercent: 2.5,
        onBreach: 'progressiveOnly',
        answerToAgentMaxMs: 2_000,
        minRingMs: 15_000,
        recordedMessageWithinMs: 2_000,
      };
    case 'payment':
      return {
        ...base,
        kind,
        severity: 'deny',
        agentHearsDigits: false,
        agentSeesDigits: false,
        recorder: 'silenceSpan',
      };
  }
}

/** The rule, once it is one; null while it is being typed. */
export function readRule(draft: RuleDraft): Rule | null {
  const parsed = ruleSchema.safeParse(draft);
  return parsed.success ? parsed.data : null;
}

/** What is wrong with one rule; the engine names a rule without an id by its place. */
export function problemsOfRule(
  problems: readonly PackProblem[],
  rule: RuleDraft,
  index: number,
): PackProblem[] {
  return problems.filter((one) => one.rule !== null && [rule.id, `#${index}`].includes(one.rule));
}

/** What is wrong with one field of a rule, or with a part of that field; null: nothing. */
export function problemOfField(problems: readonly PackProblem[], field: string): string | null {
  const found = problems.find((one) => one.field === field || one.field.startsWith(`${field}.`));
  return found?.problem ?? null;
}

export interface PackChanges {
  added: RuleDraft[];
  changed: RuleDraft[];
  removed: RuleDraft[];
}

/** What a new version does to the one in force, rule by rule; all is added when none is in force. */
export function packChanges(before: PackDraft | null, after: PackDraft): PackChanges {
  const old = new Map((before ? rulesOf(before) : []).map((one) => [one.id, one]));
  const now = rulesOf(after);
  const kept = new Set(now.map((one) => one.id));
  return {
    added: now.filter((one) => !old.has(one.id)),
    changed: now.filter((one) => {
      const was = old.get(one.id);
      return was !== undefined && sorted(was) !== sorted(one);
    }),
    removed: [...old.values()].filter((one) => !kept.has(one.id)),
  };
}

/** JSON whose keys are in order: two rules that differ only in the order of their fields are the same. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** What was typed as data: an object, or what is wrong with it. */
export function readData(text: string): { data: RuleDraft } | { problem: string } {
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      return { problem: 'not an object' };
    }
    return { data: data as RuleDraft };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

/** Hours as they are typed: `08:00-12:00, 13:00-20:00`; empty is closed; null is not understood. */
export function readWindows(text: string): [string, string][] | null {
  if (text.trim() === '') return [];
  const windows: [string, string][] = [];
  for (const part of text.split(',')) {
    const match = /^\s*(\d{1,2})(?::(\d{2}))?\s*[-–—]\s*(\d{1,2})(?::(\d{2}))?\s*$/.exec(part);
    if (!match) return null;
    const from = time(match[1], match[2]);
    const to = time(match[3], match[4]);
    if (from === null || to === null || from >= to) return null;
    windows.push([from, to]);
  }
  return windows;
}

export function writeWindows(windows: readonly (readonly [string, string])[]): string {
  return windows.map(([from, to]) => `${from}–${to}`).join(', ');
}

function time(hours = '', minutes = '00'): string | null {
  const text = `${hours.padStart(2, '0')}:${minutes}`;
  return /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text) ? text : null;
}
