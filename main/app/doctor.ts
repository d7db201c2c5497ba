import type { DoctorStep } from '#shared/contract/index.ts';
import {
  audioCheck,
  type Check,
  clockAgainstStoreCheck,
  dataDirectoryCheck,
  diskFlushCheck,
  diskSpaceCheck,
  type GatewayHealth,
  gatewaysCheck,
  keysCheck,
  mediaCheck,
  needsEngineCheck,
  peersCheck,
  portsCheck,
  runChecks,
  storeCheck,
  trunksCheck,
  type WindowPrograms,
  watchedClockCheck,
  windowCheck,
} from '../diagnostics/index.ts';
import { systemClock } from '../store/index.ts';
import type { EngineCore } from './engine-core.ts';
import type { TelephonyParts } from './telephony-parts.ts';

/** What only the command can look at, because the engine knows no shell. */
export interface HostPrograms {
  window: WindowPrograms;
  /** whether a program is on the search path */
  has(program: string): boolean;
}

/** `app.doctor`: the checks of a running engine. */
export function examineEngine(
  dataDir: string,
  core: EngineCore,
  { trunks }: Pick<TelephonyParts, 'trunks'>,
  gateways: () => readonly GatewayHealth[],
): Promise<DoctorStep[]> {
  const { store, rules, media, clock } = core;
  return runChecks(
    [
      dataDirectoryCheck(dataDir),
      storeCheck(dataDir, () => true),
      keysCheck(dataDir, null),
      diskSpaceCheck(dataDir),
      diskFlushCheck(dataDir, clock),
      watchedClockCheck(() => rules.checkClock(store.read)),
      portsCheck(),
      trunksCheck(() =>
        trunks.list().map(({ settings, state, lastFailure }) => ({
          name: settings.name,
          state,
          failure: lastFailure?.code ?? null,
        })),
      ),
      gatewaysCheck(gateways),
      mediaCheck(() => media.pid),
    ],
    clock,
  );
}

/** The same for a directory that no engine holds, as far as it can be told without one. */
export function examineDirectory(dataDir: string, keyFile: string | null): Promise<DoctorStep[]> {
  return runChecks(
    [
      dataDirectoryCheck(dataDir),
      storeCheck(dataDir, () => false),
      keysCheck(dataDir, keyFile),
      diskSpaceCheck(dataDir),
      diskFlushCheck(dataDir, systemClock),
      clockAgainstStoreCheck(dataDir, systemClock),
      portsCheck(),
      needsEngineCheck('trunks'),
      needsEngineCheck('gateways'),
      needsEngineCheck('media'),
    ],
    systemClock,
  );
}

/** The last checks of the command: what lies outside the engine. */
export function examineHost(host: HostPrograms): Promise<DoctorStep[]> {
  const checks: Check[] = [windowCheck(host.window), audioCheck, peersCheck(host.has)];
  return runChecks(checks, systemClock);
}
