import {
  type ContactChannel,
  type EventKind,
  isWindowDuration,
  parseDuration,
  type Rule,
  type RuleOf,
  type Week,
} from '#shared/rule-packs/index.ts';

/** Reports one thing wrong with a field of a rule. */
export type AddProblem = (field: string, problem: string) => void;

const talks: readonly ContactChannel[] = ['call', 'voiceMessage'];
/** On which channels an event of a kind can happen at all (reference §2). */
const channelsOfEvent: Readonly<Record<EventKind, readonly ContactChannel[]>> = {
  attempt: talks,
  notConnected: talks,
  rang: talks,
  messageLeft: talks,
  humanAnswered: talks,
  abandoned: talks,
  conversation: [...talks, 'chat', 'visit'],
  effectiveCall: talks,
  message: ['voiceMessage', 'sms', 'mms', 'email', 'chat', 'letter'],
  visit: ['visit'],
};

/** What a schema of single fields cannot see in one rule: fields that contradict each other, or that make it empty. */
export function checkRule(rule: Rule, add: AddProblem): void {
  if (rule.from !== undefined && rule.to !== undefined && rule.to <= rule.from) {
    add('to', 'not after `from`');
  }
  switch (rule.kind) {
    case 'cap':
      checkCounted(rule.counts, rule.countChannels, add);
      break;
    case 'cooldown':
      checkCounted(rule.after, rule.countChannels ?? rule.channels, add);
      if (isEmpty(rule.length)) add('length', 'no time at all');
      break;
    case 'hours':
      checkWeeks(rule, add);
      break;
    case 'consent':
      checkConsent(rule, add);
      break;
    case 'content':
      checkContent(rule, add);
      break;
    case 'abandonRate':
      if (rule.throttleAtPercent > rule.limitPercent) add('throttleAtPercent', 'above the limit');
      break;
    case 'callerId':
      checkRanges(rule, add);
      break;
    case 'retention':
      checkRetention(rule, add);
      break;
  }
}

function checkCounted(
  kinds: readonly EventKind[],
  channels: readonly ContactChannel[],
  add: AddProblem,
): void {
  const possible = kinds.some((kind) =>
    channelsOfEvent[kind].some((channel) => channels.includes(channel)),
  );
  if (!possible) {
    add('countChannels', `${kinds.join(', ')} never happens on ${channels.join(', ')}`);
  }
}

function checkWeeks({ week, weekWhen }: RuleOf<'hours'>, add: AddProblem): void {
  const open = (days: Week) => Object.values(days).some((windows) => (windows ?? []).length > 0);
  if (!open(week) && !(weekWhen && open(weekWhen.week))) {
    add('week', 'no open window: nobody could ever be contacted');
  }
  for (const [field, days] of [
    ['week', week],
    ['weekWhen.week', weekWhen?.week],
  ] as const) {
    for (const [day, windows] of Object.entries(days ?? {})) {
      if (overlaps(windows ?? [])) add(`${field}.${day}`, 'windows overlap');
    }
  }
}

function overlaps(windows: readonly (readonly [string, string])[]): boolean {
  const sorted = [...windows].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.some(([from], index) => index > 0 && from < (sorted[index - 1]?.[1] ?? ''));
}

function checkConsent({ askLimit, validFor }: RuleOf<'consent'>, add: AddProblem): void {
  if (validFor !== undefined && isEmpty(validFor)) add('validFor', 'no time at all');
  if (askLimit) {
    checkCounted(askLimit.counts, askLimit.countChannels, (field, problem) =>
      add(`askLimit.${field}`, problem),
    );
  }
}

function checkContent(rule: RuleOf<'content'>, add: AddProblem): void {
  const { mustInclude, mayInclude = [], mustNotInclude = [], exclusive = false } = rule;
  const wanted = [...mustInclude, ...mayInclude];
  const both = mustNotInclude.find((element) => wanted.includes(element));
  if (both !== undefined) add('mustNotInclude', `${both} is also asked for or allowed`);
  if (mayInclude.length > 0 && !exclusive) {
    add('mayInclude', 'means nothing without `exclusive`');
  }
  if (mustInclude.length === 0 && mustNotInclude.length === 0 && !exclusive) {
    add('mustInclude', 'the rule asks for nothing and forbids nothing');
  }
}

function checkRanges({ forbiddenRanges }: RuleOf<'callerId'>, add: AddProblem): void {
  for (const [index, range] of forbiddenRanges.entries()) {
    if (!/^\+\d{1,14}$/.test(range)) {
      add(`forbiddenRanges.${index}`, 'not the beginning of a number in E.164, such as +449');
    }
  }
}

function checkRetention({ min, max }: RuleOf<'retention'>, add: AddProblem): void {
  if (min === undefined && max === undefined) add('max', 'neither `min` nor `max`');
  if (min !== undefined && max !== undefined && roughDays(min) > roughDays(max)) {
    add('max', 'shorter than `min`');
  }
}

function isEmpty(length: string): boolean {
  if (!isWindowDuration(length)) return false;
  const parsed = parseDuration(length);
  return parsed.kind === 'days' ? parsed.days === 0 : parsed.ms === 0;
}

const daysOfUnit: Readonly<Record<string, number>> = { Y: 365.25, M: 30.4375, W: 7, D: 1 };

/** Good enough to compare periods of keeping, which are months and years. */
function roughDays(period: string): number {
  const [date = ''] = period.slice(1).split('T');
  return [...date.matchAll(/(\d+)([YMWD])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (daysOfUnit[unit ?? ''] ?? 0),
    0,
  );
}
