import { AppError } from '#shared/errors/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import { compilePack } from '../engine/index.ts';
import { type PackProblem, type ParseOptions, parsePack } from '../packs/parse-pack.ts';
import { MOST_RULES } from './draft-text.ts';
import { endlessDurations } from './endless-durations.ts';

/** What is not the firm's to choose in a pack of its own. */
export interface PackIdentity {
  packId: string;
  version: number;
  /** of a practice store: its packs are practice packs */
  practice: boolean;
}

export type CheckedDraft =
  | { pack: RulePack; problems: [] }
  | { pack: null; problems: PackProblem[] };

/** What was typed with what is not the firm's to choose. A review is recorded beside a pack, never written into it. */
export function withIdentity(
  typed: Record<string, unknown>,
  { packId, version, practice }: PackIdentity,
): Record<string, unknown> {
  const { practice: _practice, ...rest } = typed;
  return {
    ...rest,
    ...{ id: packId, version: String(version), own: true, review: { status: 'draft' } },
    ...(practice ? { practice } : {}),
  };
}

/** Whether a draft could be published as it is; all that is wrong with it. Never throws for what was typed. */
export function checkDraft(
  typed: Record<string, unknown>,
  identity: PackIdentity,
  options: ParseOptions = {},
): CheckedDraft {
  const { packId } = identity;
  const problem = (field: string, text: string): CheckedDraft => ({
    pack: null,
    problems: [{ pack: packId, rule: null, field, problem: text }],
  });
  if (Array.isArray(typed.rules) && typed.rules.length > MOST_RULES) {
    return problem('rules', `more than ${MOST_RULES}`);
  }
  let pack: RulePack;
  try {
    pack = parsePack(withIdentity(typed, identity), packId, options);
  } catch (error) {
    const problems = problemsIn(error);
    if (problems === null) throw error;
    return { pack: null, problems };
  }
  const problems = [...ownProblems(pack), ...endlessDurations(pack), ...engineProblems(pack)];
  return problems.length > 0 ? { pack: null, problems } : { pack, problems: [] };
}

/** The problems that a `contact-rules.bad-pack` tells; null for any other error. */
export function problemsIn(error: unknown): PackProblem[] | null {
  if (!(error instanceof AppError) || error.code !== 'contact-rules.bad-pack') return null;
  return (error.details as { problems?: PackProblem[] }).problems ?? [];
}

function ownProblems(pack: RulePack): PackProblem[] {
  const problems: PackProblem[] = [];
  const add = (field: string, problem: string) =>
    problems.push({ pack: pack.id, rule: null, field, problem });
  if (pack.fallback) add('fallback', "a pack of the firm's own is no fallback");
  if (pack.rules.length === 0) add('rules', 'has none');
  if (pack.effectiveTo !== undefined && pack.effectiveTo <= pack.effectiveFrom) {
    add('effectiveTo', 'not after `effectiveFrom`');
  }
  return problems;
}

/** What the engine cannot work with is told now, not at the first contact. */
function engineProblems(pack: RulePack): PackProblem[] {
  try {
    compilePack(pack);
    return [];
  } catch (error) {
    const problem = error instanceof AppError ? error.message : 'cannot be evaluated';
    return [{ pack: pack.id, rule: null, field: 'rules', problem }];
  }
}
