import { AppError } from '#shared/errors/index.ts';
import type { Audit, Handler, Handlers } from '../../contract-server/index.ts';
import type { Store } from '../../store/types.ts';
import { type AudioTestPorts, callMyPhone } from './call-my-phone.ts';
import { callerIdsOf, loadTrunks } from './trunk-rows.ts';
import { type TrunkTestPorts, testTrunk } from './trunk-test.ts';
import { trunkWrites } from './trunk-writes.ts';
import type { Trunks } from './trunks.ts';

export interface TrunkHandlersOptions {
  store: Store;
  trunks: Trunks;
  audit: Audit;
  audioTest: AudioTestPorts;
  trunkTest: Omit<TrunkTestPorts, 'checkKind'>;
  /** whose number it is, if a debtor's */
  debtorHas(number: string): boolean;
  isPracticeNumber(number: string): boolean;
  storeKind: 'practice' | 'real';
}

/** Commands of `telephony.*`. */
export function createTrunkHandlers(options: TrunkHandlersOptions): Handlers {
  const { trunks } = options;
  return {
    'telephony.list-trunks': () => ({ trunks: trunks.list() }),
    'telephony.save-trunk': saveTrunk(options),
    'telephony.remove-trunk': async (input, { principal }) => {
      await options.store.write(trunkWrites, 'trunk.remove', { trunkId: input.trunkId });
      await trunks.reload(input.trunkId);
      options.audit({
        action: 'telephony.trunk-removed',
        personId: principal.personId,
        details: { trunkId: input.trunkId },
      });
      return {};
    },
    'telephony.test-trunk': (input) =>
      testTrunk(
        { ...options.trunkTest, checkKind: (host) => trunks.checkKind(host) },
        input.settings,
        input.password ?? storedPassword(options.store, input.trunkId),
      ),
    'telephony.call-my-phone': callPhone(options),
  };
}

function saveTrunk(options: TrunkHandlersOptions): Handler<'telephony.save-trunk'> {
  return async (input, { principal }) => {
    const { store, trunks, audit } = options;
    trunks.checkKind(input.settings.host);
    const present = loadTrunks(store.read).find((trunk) => trunk.trunkId === input.trunkId);
    if (input.trunkId !== undefined && present === undefined)
      throw new AppError('contract.not-found', 'no such trunk');
    for (const { e164 } of input.callerIds)
      if (options.storeKind === 'real' && options.isPracticeNumber(e164))
        throw new AppError('telephony.practice-number', 'a made-up number cannot be shown', {
          details: { e164 },
        });
    const { trunkId } = await store.write(trunkWrites, 'trunk.save', {
      trunkId: input.trunkId ?? null,
      settings: input.settings,
      password: input.password ?? null,
      enabled: input.enabled,
      practice: present?.practice ?? false,
      callerIds: input.callerIds,
      personId: principal.personId,
    });
    await trunks.reload(trunkId);
    audit({
      action: 'telephony.trunk-saved',
      personId: principal.personId,
      details: { trunkId, host: input.settings.host },
    });
    return trunks.view(trunkId);
  };
}

/** Allowed at any hour, because it goes to staff; never to a debtor's number, and always audited. */
function callPhone(options: TrunkHandlersOptions): Handler<'telephony.call-my-phone'> {
  return async (input, { principal }) => {
    const { store, audit } = options;
    if (options.debtorHas(input.to))
      throw new AppError('telephony.number-is-debtors', 'this number belongs to a debtor');
    if (options.isPracticeNumber(input.to) !== (options.storeKind === 'practice'))
      throw new AppError('telephony.practice-number', 'practice and real numbers do not mix');
    const numbers = callerIdsOf(store.read, input.trunkId);
    const shown = numbers.find((item) => item.callerIdId === input.callerIdId) ?? numbers[0];
    if (shown === undefined) throw new AppError('call.no-trunk', 'the trunk has no number to show');
    audit({
      action: 'telephony.audio-test',
      personId: principal.personId,
      details: { trunkId: input.trunkId, lastDigits: input.to.slice(-3) },
    });
    return callMyPhone(options.audioTest, {
      trunkId: input.trunkId,
      to: input.to,
      callerId: shown.e164,
      language: 'en',
    });
  };
}

function storedPassword(store: Store, trunkId: string | undefined): string {
  return loadTrunks(store.read).find((trunk) => trunk.trunkId === trunkId)?.password ?? '';
}
