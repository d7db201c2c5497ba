import type { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import type { Rule } from '#shared/rule-packs/index.ts';
import { type RulePack, rulePack } from '#shared/rule-packs/index.ts';
import { isKnownZone } from '../zones/zone.ts';

/** One thing wrong with a pack. */
export interface PackProblem {
  pack: string;
  rule: string | null;
  field: string;
  problem: string;
}

/**
 * Checks the JSON of one pack.
 * @param origin a name for messages when the pack has no id (the file's)
 * @throws AppError `contact-rules.bad-pack`, whose message and details name pack, rule and field
 */
export function parsePack(json: unknown, origin = 'pack'): RulePack {
  const parsed = rulePack.safeParse(json);
  if (!parsed.success) {
    throw badPack(parsed.error.issues.flatMap((issue) => problemsOf(issue, json, origin)));
  }
  const problems = crossCheck(parsed.data);
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
    problem: issue.message,
  }));
}

function textAt(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found = (value as Record<string, unknown>)[key];
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** What a schema of single fields cannot see. */
function crossCheck(pack: RulePack): PackProblem[] {
  const problems: PackProblem[] = [];
  const seen = new Set<string>();
  const add = (rule: string | null, field: string, problem: string) =>
    problems.push({ pack: pack.id, rule, field, problem });
  if (pack.zoneBasis === 'fixed' || pack.fixedZone !== undefined) {
    checkFixedZone(pack.fixedZone, (problem) => add(null, 'fixedZone', problem));
  }
  if (pack.practice && pack.fallback) add(null, 'fallback', 'a practice pack is no fallback');
  for (const rule of pack.rules) {
    if (seen.has(rule.id)) add(rule.id, 'id', 'used twice in this pack');
    seen.add(rule.id);
    checkRule(pack, rule, (field, problem) => add(rule.id, field, problem));
  }
  return problems;
}

function checkRule(
  pack: RulePack,
  rule: Rule,
  add: (field: string, problem: string) => void,
): void {
  if (rule.zoneBasis === 'fixed' || rule.fixedZone !== undefined) {
    checkFixedZone(rule.fixedZone ?? pack.fixedZone, (problem) => add('fixedZone', problem));
  }
  if (rule.from !== undefined && rule.to !== undefined && rule.to <= rule.from) {
    add('to', 'not after `from`');
  }
  if (rule.kind === 'hours') {
    if (!pack.calendars.includes(rule.calendar)) add('calendar', "not among the pack's calendars");
  }
}

function checkFixedZone(zone: string | undefined, add: (problem: string) => void): void {
  if (zone === undefined) add('missing, although the zone basis is `fixed`');
  else if (!isKnownZone(zone)) add(`unknown time zone ${zone}`);
}
