import type { ErrorData } from '#shared/errors/index.ts';
import type { FittedMedia, MediaWish } from './media-types.ts';

export interface ToMediaThread {
  id: number;
  source: Uint8Array;
  wish: MediaWish;
}

export type FromMediaThread =
  | { id: number; ok: true; media: FittedMedia }
  | { id: number; ok: false; error: ErrorData };
