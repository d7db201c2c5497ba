import { leads, people } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Audience, Handlers, RequestContext } from '../../contract-server/types.ts';
import type { WriteInput } from '../../store/types.ts';
import { listOverrides, loadOverride, type ShownOverride } from '../overrides/override-rows.ts';
import type { OverrideTarget, OverrideWrites } from '../overrides/override-writes.ts';
import type { ContactHandlersParts } from './contact-handlers.ts';

const LEADS: Audience = { kind: 'roles', roles: leads };
const EVERYBODY_AT_WORK: Audience = { kind: 'roles', roles: people };

/** Commands `contact.*-override`. */
export function overrideHandlers(parts: ContactHandlersParts): Handlers {
  const { store } = parts;
  const write = async <Name extends keyof OverrideWrites & string>(
    name: Name,
    input: WriteInput<OverrideWrites, Name>,
    { commandId }: RequestContext,
  ): Promise<ShownOverride> => {
    const options = commandId === null ? {} : { commandId };
    const { overrideId } = await store.write(parts.overrideWrites, name, input, options);
    return announceOverride(parts, overrideId);
  };
  return {
    'contact.request-override': (input, context) =>
      write('override.request', { ...input, personId: context.principal.personId }, context),
    'contact.grant-override': ({ overrideId = null, reason, forMinutes, ...target }, context) => {
      const { personId } = context.principal;
      const wanted = overrideId === null ? targetOf(target) : null;
      const input = { overrideId, target: wanted, reason, forMinutes, personId };
      return write('override.grant', input, context);
    },
    'contact.refuse-override': ({ overrideId, reason = null }, context) =>
      write(
        'override.refuse',
        { overrideId, reason, personId: context.principal.personId },
        context,
      ),
    'contact.withdraw-override': ({ overrideId }, context) => {
      const { personId, role } = context.principal;
      const mayWithdrawAll = leads.some((lead) => lead === role);
      return write('override.withdraw', { overrideId, personId, mayWithdrawAll }, context);
    },
    'contact.list-overrides': ({ state = null, debtorId = null, limit }, { principal }) => {
      const requestedBy = principal.role === 'agent' ? principal.personId : null;
      return {
        overrides: store.read.snapshot(() =>
          listOverrides(store.read, { state, debtorId, requestedBy, limit }),
        ),
      };
    },
  };
}

/** @throws AppError `contract.bad-input` */
function targetOf(input: {
  debtorId?: string | undefined;
  channel?: OverrideTarget['channel'] | undefined;
  contactPointId?: string | undefined;
}): OverrideTarget {
  const { debtorId, channel, contactPointId } = input;
  if (debtorId === undefined || channel === undefined) {
    throw new AppError('contract.bad-input', 'for which debtor and channel?');
  }
  return { debtorId, channel, contactPointId };
}

/** Tells supervisors and whoever asked, and lets cards of the debtor be read again. */
export function announceOverride(
  { store, publisher }: Pick<ContactHandlersParts, 'store' | 'publisher'>,
  overrideId: string,
): ShownOverride {
  const override = loadOverride(store.read, overrideId);
  publisher.publish('contact.override-changed', override, LEADS);
  const { requestedBy, debtorId } = override;
  if (requestedBy !== null && isAgent(store.read.get(ROLE_OF, requestedBy))) {
    const audience: Audience = { kind: 'person', personId: requestedBy };
    publisher.publish('contact.override-changed', override, audience);
  }
  publisher.publish('debtor.changed', { debtorId }, EVERYBODY_AT_WORK);
  return override;
}

const ROLE_OF = 'SELECT role FROM person WHERE id = ?';

function isAgent(row: unknown): boolean {
  return (row as { role?: string } | undefined)?.role === 'agent';
}
