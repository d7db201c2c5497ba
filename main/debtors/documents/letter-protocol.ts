import type { ErrorData } from '#shared/errors/index.ts';
import type { LetterModel } from './letter/letter-model.ts';

export interface ToLetterThread {
  id: number;
  letter: LetterModel;
}

export type FromLetterThread =
  | { id: number; ok: true; bytes: Uint8Array; pages: number }
  | { id: number; ok: false; error: ErrorData };
