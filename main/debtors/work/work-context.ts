import type { StoreKind } from '#shared/domain/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Publisher, RequestContext } from '../../contract-server/types.ts';
import type { Store, WriteInput, WriteOutput } from '../../store/index.ts';
import type { PermissionsFor } from '../card/load-card.ts';
import type { workWrites } from './work-writes.ts';

export interface DebtorWorkParts {
  store: Store;
  storeKind: StoreKind;
  clock: Clock;
  /** the door of contact rules: what it says of a number that was added */
  door: PermissionsFor;
  publisher: Publisher;
  log(message: string, details: Record<string, unknown>): void;
}

export type Writes = typeof workWrites;
/** Writes that say whose card changed. */
export type WorkWrite = {
  [Name in keyof Writes]: WriteOutput<Writes, Name> extends { debtorId: string } ? Name : never;
}[keyof Writes] &
  string;

/** Writes with the person who asked, once for a command that is repeated, and announces the card. */
export type Work = <Name extends WorkWrite>(
  name: Name,
  input: Omit<WriteInput<Writes, Name>, 'personId'>,
  context: RequestContext,
) => Promise<WriteOutput<Writes, Name>>;
