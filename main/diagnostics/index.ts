export { clockAgainstStoreCheck, watchedClockCheck } from './checks/clock.ts';
export { dataDirectoryCheck, storeCheck } from './checks/data-directory.ts';
export { diskFlushCheck, diskSpaceCheck } from './checks/disk.ts';
export { keysCheck } from './checks/keys.ts';
export { portsCheck } from './checks/ports.ts';
export { peersCheck, type WindowPrograms, windowCheck } from './checks/programs.ts';
export {
  audioCheck,
  type GatewayHealth,
  gatewaysCheck,
  mediaCheck,
  needsEngineCheck,
  type TrunkHealth,
  trunksCheck,
} from './checks/running-parts.ts';
export { type Check, type Found, runChecks } from './run-checks.ts';
