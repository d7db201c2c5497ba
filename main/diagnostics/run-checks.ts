import type { DoctorStep } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';

/** What a check found. `unknown`: it cannot be told from here; what to do stands under the finding's code. */
export interface Found {
  ok: DoctorStep['ok'];
  /** `doctor.<what>.<found>`: code for translated text */
  finding: string;
  /** numbers and names for that text; no secret and nothing about a debtor */
  details?: Record<string, unknown>;
}

/** One question to this machine. New ones are added to a list; their place in it is their number. */
export interface Check {
  id: string;
  look(): Found | Promise<Found>;
}

/** One check may hang on a dead disk or network: the others are told all the same. */
const CHECK_LIMIT_MS = 5_000;

/** Asks all, one after another, so that no check disturbs what another one measures. */
export async function runChecks(checks: readonly Check[], clock: Clock): Promise<DoctorStep[]> {
  const steps: DoctorStep[] = [];
  for (const check of checks) {
    const found = await withinLimit(check, clock);
    steps.push({ id: check.id, details: {}, ...found });
  }
  return steps;
}

function withinLimit(check: Check, clock: Clock): Promise<Found> {
  return new Promise((resolve) => {
    const cancel = clock.setTimer(CHECK_LIMIT_MS, () =>
      resolve({ ok: 'unknown', finding: 'doctor.check.no-answer' }),
    );
    const answer = (found: Found) => {
      cancel();
      resolve(found);
    };
    Promise.resolve()
      .then(() => check.look())
      .then(answer, (error: unknown) =>
        answer({ ok: 'unknown', finding: 'doctor.check.failed', details: { code: codeOf(error) } }),
      );
  });
}

/** The code of a failure: never its message, which may hold a path or a name. */
export function codeOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : 'internal';
}
