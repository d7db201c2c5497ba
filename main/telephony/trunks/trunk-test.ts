import type { CommandOutput, TrunkSettings } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Clock } from '#shared/util/index.ts';
import type { RegistrationState, SipEndpoint, SipEndpointOptions } from '../sip/types.ts';
import { endpointOptions } from './trunk.ts';

export type TrunkTestReport = CommandOutput<'telephony.test-trunk'>;
type Step = TrunkTestReport['steps'][number];

export interface TrunkTestPorts {
  clock: Clock;
  createEndpoint(options: SipEndpointOptions): Promise<SipEndpoint>;
  discoverPublicAddress(server: string): Promise<{ host: string; port: number }>;
  localAddressTowards(host: string, port: number): Promise<string>;
  /** @throws AppError when the host has no place in this kind of store */
  checkKind(host: string): void;
}

const REGISTER_TIMEOUT_MS = 8_000;

/** Tries what the form says, one step after another, and stops at the first that fails. Nothing is saved. */
export async function testTrunk(
  ports: TrunkTestPorts,
  settings: TrunkSettings,
  password: string,
): Promise<TrunkTestReport> {
  const steps: Step[] = [];
  const step = async (id: Step['id'], work: () => Promise<Omit<Step, 'id'>>): Promise<boolean> => {
    const result = await work().catch((error: unknown) => failure(error));
    steps.push({ id, ...result });
    return result.ok !== 'no';
  };
  let local = '127.0.0.1';
  let endpoint: SipEndpoint | null = null;
  const passed =
    (await step('storeKind', async () => {
      ports.checkKind(settings.host);
      return passedStep('trunk.store-kind-fits');
    })) &&
    (await step('resolve', async () => {
      local = await ports.localAddressTowards(settings.host, settings.port);
      return passedStep('trunk.resolved', { localAddress: local });
    })) &&
    (await step('nat', () => testNat(ports, settings))) &&
    (await step('reach', async () => {
      const options = await endpointOptions(settings, password, { host: local, port: 0 }, ports);
      endpoint = await ports.createEndpoint(options);
      const { status, roundTripMs } = await endpoint.options();
      return passedStep('trunk.reached', { status, roundTripMs: Math.round(roundTripMs) });
    })) &&
    (await step('register', async () =>
      settings.authentication === 'register' && endpoint !== null
        ? testRegistration(ports.clock, endpoint)
        : { ok: 'skipped', finding: 'trunk.no-registration', details: {} },
    ));
  await closeQuietly(endpoint);
  return { ok: passed, steps };
}

async function testNat(ports: TrunkTestPorts, settings: TrunkSettings): Promise<Omit<Step, 'id'>> {
  if (settings.nat.kind !== 'stun')
    return { ok: 'skipped', finding: `trunk.nat-${settings.nat.kind}`, details: {} };
  const address = await ports.discoverPublicAddress(settings.nat.server);
  return passedStep('trunk.public-address', address);
}

function testRegistration(clock: Clock, endpoint: SipEndpoint): Promise<Omit<Step, 'id'>> {
  return new Promise((resolve) => {
    const cancel = clock.setTimer(REGISTER_TIMEOUT_MS, () =>
      resolve({ ok: 'no', finding: 'trunk.no-answer', details: {} }),
    );
    endpoint.startRegistration((state: RegistrationState) => {
      if (state.kind === 'registered') {
        cancel();
        resolve(passedStep('trunk.registered'));
      } else if (state.kind === 'failed') {
        cancel();
        resolve({
          ok: 'no',
          finding: registrationFinding(state.status),
          details: { status: state.status, reasonPhrase: state.reasonPhrase },
        });
      }
    });
  });
}

function registrationFinding(status: number): string {
  if (status === 401 || status === 407) return 'trunk.wrong-password';
  if (status === 403) return 'trunk.forbidden';
  if (status === 404) return 'trunk.unknown-user';
  return status === 0 || status === 408 ? 'trunk.no-answer' : 'trunk.refused';
}

function passedStep(finding: string, details: Record<string, unknown> = {}): Omit<Step, 'id'> {
  return { ok: 'yes', finding, details };
}

function failure(error: unknown): Omit<Step, 'id'> {
  if (error instanceof AppError) return { ok: 'no', finding: error.code, details: error.details };
  const code = (error as { code?: unknown }).code;
  const finding =
    code === 'ENOTFOUND' || code === 'EAI_AGAIN'
      ? 'trunk.unknown-host'
      : code === 'ENETUNREACH' || code === 'EHOSTUNREACH'
        ? 'trunk.no-route'
        : 'trunk.no-answer';
  return { ok: 'no', finding, details: typeof code === 'string' ? { code } : {} };
}

async function closeQuietly(endpoint: SipEndpoint | null): Promise<void> {
  if (endpoint === null) return;
  await endpoint.stopRegistration().catch(() => {
    // Only a test: the carrier forgets the binding by itself.
  });
  await endpoint.close();
}
