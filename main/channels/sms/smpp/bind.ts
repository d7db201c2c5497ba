import type { SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import type { LinkProblem } from './link-state.ts';
import { type Answer, commandStatus, type SmppWire, statusName } from './wire/index.ts';

export type BindRole = 'transceiver' | 'transmitter' | 'receiver';

/** SMPP 3.4; higher values make some SMSCs answer with parameters of later versions (§5.2.4) */
const interfaceVersion = 0x34;
const bindWithinMs = 15_000;

/** @returns null when the SMSC took us */
export async function bindWire(
  wire: SmppWire,
  role: BindRole,
  { systemId, systemType }: Pick<SettingsOf<'smpp'>, 'systemId' | 'systemType'>,
  password: string,
): Promise<LinkProblem | null> {
  const answer = await wire.request(`bind_${role}`, {
    withinMs: bindWithinMs,
    fields: {
      system_id: systemId,
      // §4.1.1: eight octets at most; what is longer would be cut by some and refused by others
      password,
      system_type: systemType,
      interface_version: interfaceVersion,
    },
  });
  return problemOfBind(answer);
}

function problemOfBind(answer: Answer): LinkProblem | null {
  if (answer.kind !== 'answered') return { code: 'gateway.no-answer', detail: null };
  const { status } = answer.pdu;
  if (status === commandStatus.ok) return null;
  return { code: bindCodes.get(status) ?? 'gateway.bind-refused', detail: statusName(status) };
}

/** What the SMSC's refusal of a bind means (§5.1.3). */
const bindCodes = new Map<number, string>([
  [commandStatus.invalidPassword, 'gateway.login-refused'],
  [commandStatus.invalidSystemId, 'gateway.login-refused'],
  // the general refusal: with most it is the password, or an address that may not connect
  [commandStatus.bindFailed, 'gateway.login-refused'],
  [commandStatus.alreadyBound, 'gateway.already-bound'],
  [commandStatus.invalidSystemType, 'gateway.system-type-refused'],
  [commandStatus.invalidCommandId, 'gateway.bind-mode-refused'],
]);
