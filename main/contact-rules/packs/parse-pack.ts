import type { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import type { Rule } from '#shared/rule-packs/index.ts';
import { type RulePack, rulePack } from '#shared/rule-packs/index.ts';
import { isKnownZone } from '../zones/zone.ts';
import { type AddProblem, checkRule } from './check-rule.ts';

/** One thing wrong with a pack. */
export interface PackProblem {
  pack: string;
  rule: string | null;
  field: string;
  problem: string;
}

export interface ParseOptions {
  /** the holiday tables that exist; absent: not checked */
  calendars?: ReadonlySet<string>;
}

/** Calendars that stand for no table of their own: the debtor's country, and none (practice). */
const withoutTable: ReadonlySet<string> = new Set(['residence', 'practice']);

/** What people write by habit, and what the field is called here. */
const meantBy: Readonly<Record<string, string>> = {
  until: 'to',
  since: 'from',
  validUntil: 'to',
  validFrom: 'from',
  effectiveUntil: 'effectiveTo',
  max: 'limit',
  count: 'limit',
  period: 'window',
  days: 'window.days',
  channel: 'channels',
  purpose: 'purposes',
  target: 'targets',
  mode: 'modes',
  exceptions: 'unless',
  except: 'unless',
  hours: 'week',
  mustSend: 'mustHaveSent',
};

/**
 * Checks the JSON of one pack.
 * @param origin a name for messages when the pack has no id (the file's)
 * @throws AppError `contact-rules.bad-pack`, whose message and details name pack, rule and field
 */
export function parsePack(json: unknown, origin = 'pack', options: ParseOptions = {}): RulePack {
  const parsed = rulePack.safeParse(json);
  if (!parsed.success) {
    throw badPack(parsed.error.issues.flatMap((issue) => problemsOf(issue, json, origin)));
  }
  const problems = crossCheck(parsed.data, options);
  if (problems.length > 0) throw badPack(problems);
  return parsed.data;
}

export function badPack(problems: PackProblem[]): AppError {
  const lines = problems.map(
    ({ pack, rule, field, problem }) =>
      `pack ${pack}${rule === null ? '' : `, rule ${rule}`}, field ${field}: ${problem}`,
  );
  return new AppError('contact-rules.bad-pack', lines.join('; '), { details: { problems } });
}

function problemsOf(issue: z.core.$ZodIssue, json: unknown, origin: string): PackProblem[] {
  const [first, index, ...rest] = issue.path;
  const pack = textAt(json, 'id') ?? origin;
  const inRule = first === 'rules' && typeof index === 'number';
  const rules = (json as { rules?: unknown[] } | null)?.rules;
  const rule = inRule ? (textAt(rules?.[index], 'id') ?? `#${index}`) : null;
  const path = inRule ? rest : issue.path;
  const fields =
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
  return fields.map((field) => ({
    pack,
    rule,
    field: field.map(String).join('.') || (inRule ? 'rule' : 'pack'),
    problem: issue.code === 'unrecognized_keys' ? unknownField(field) : issue.message,
  }));
}

function unknownField(path: readonly PropertyKey[]): string {
  const name = String(path.at(-1));
  const meant = Object.hasOwn(meantBy, name) ? meantBy[name] : undefined;
  return meant === undefined ? 'unknown field' : `unknown field; is \`${meant}\` meant?`;
}

function textAt(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found = (value as Record<string, unknown>)[key];
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** What a schema of single fields cannot see. */
function crossCheck(pack: RulePack, { calendars }: ParseOptions): PackProblem[] {
  const problems: PackProblem[] = [];
  const seen = new Set<string>();
  const add = (rule: string | null, field: string, problem: string) =>
    problems.push({ pack: pack.id, rule, field, problem });
  checkHead(pack, calendars, (field, problem) => add(null, field, problem));
  for (const rule of pack.rules) {
    if (seen.has(rule.id)) add(rule.id, 'id', 'used twice in this pack');
    seen.add(rule.id);
    checkInPack(pack, rule, (field, problem) => add(rule.id, field, problem));
    checkRule(rule, (field, problem) => add(rule.id, field, problem));
  }
  return problems;
}

function checkHead(
  pack: RulePack,
  calendars: ReadonlySet<string> | undefined,
  add: AddProblem,
): void {
  const { effectiveFrom, effectiveTo, review } = pack;
  if (pack.zoneBasis === 'fixed' || pack.fixedZone !== undefined) {
    checkFixedZone(pack.fixedZone, (problem) => add('fixedZone', problem));
  }
  if (pack.practice && pack.fallback) add('fallback', 'a practice pack is no fallback');
  if (effectiveTo !== undefined && effectiveTo < effectiveFrom) {
    add('effectiveTo', 'before `effectiveFrom`');
  }
  if (review.status === 'counsel-approved' && !(review.by && review.on)) {
    add(review.by ? 'review.on' : 'review.by', 'an approval has a name and a date');
  }
  for (const [index, calendar] of pack.calendars.entries()) {
    if (calendars && !calendars.has(calendar) && !withoutTable.has(calendar)) {
      add(`calendars.${index}`, `no holiday table ${calendar}`);
    }
  }
}

function checkInPack(pack: RulePack, rule: Rule, add: AddProblem): void {
  if (rule.zoneBasis === 'fixed' || rule.fixedZone !== undefined) {
    checkFixedZone(rule.fixedZone ?? pack.fixedZone, (problem) => add('fixedZone', problem));
  }
  if (rule.kind === 'hours' && !pack.calendars.includes(rule.calendar)) {
    add('calendar', "not among the pack's calendars");
  }
}

function checkFixedZone(zone: string | undefined, add: (problem: string) => void): void {
  if (zone === undefined) add('missing, although the zone basis is `fixed`');
  else if (!isKnownZone(zone)) add(`unknown time zone ${zone}`);
}
