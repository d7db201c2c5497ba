import type { AdapterKind } from '../channels/types.ts';

/** Every kind of gateway that this program can talk to. */
export const messageAdapters: readonly AdapterKind[] = [];
