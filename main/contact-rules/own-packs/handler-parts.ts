import { people } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import type { RulePack } from '#shared/rule-packs/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { Audience, Publisher, RequestContext } from '../../contract-server/types.ts';
import type { Store, WriteInput, WriteOutput } from '../../store/types.ts';
import type { ParseOptions } from '../packs/parse-pack.ts';
import { firmRuleWrites } from './firm-rule-writes.ts';
import type { DecideAsIf } from './preview-draft.ts';

export interface FirmRuleParts {
  store: Store;
  storeKind: StoreKind;
  clock: Clock;
  publisher: Publisher;
  /** the packs that ship for this kind of store */
  shipped: readonly RulePack[];
  decideAsIf: DecideAsIf;
  /** which holiday tables there are; absent: those that a draft names are not checked */
  checks?: ParseOptions;
}

type Writes = typeof firmRuleWrites;

/** Writes with the person who asked, once for a command that is repeated. */
export function writeOf({ store }: FirmRuleParts) {
  return <Name extends keyof Writes & string>(
    name: Name,
    input: Omit<WriteInput<Writes, Name>, 'personId'>,
    { principal, commandId }: RequestContext,
  ): Promise<WriteOutput<Writes, Name>> => {
    const withPerson = { ...input, personId: principal.personId } as WriteInput<Writes, Name>;
    return store.write(firmRuleWrites, name, withPerson, commandId === null ? {} : { commandId });
  };
}

const EVERYBODY_AT_WORK: Audience = { kind: 'roles', roles: people };

/** What was allowed may not be any more, and the reverse. */
export function announceRules({ publisher }: FirmRuleParts, { principal }: RequestContext): void {
  publisher.publish('rules.changed', { personId: principal.personId }, EVERYBODY_AT_WORK);
}
