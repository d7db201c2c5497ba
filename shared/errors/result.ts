import type { ErrorData } from './app-error.ts';

export type Result<Value, Failure = ErrorData> =
  | { ok: true; value: Value }
  | { ok: false; error: Failure };

export function ok<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

export function failed<Failure>(error: Failure): { ok: false; error: Failure } {
  return { ok: false, error };
}
