export { applicationDirectory, type DataPlaces, dataPlaces } from './data-places.ts';
export { engineArgumentsFor } from './engine-arguments-for.ts';
export {
  type EngineLaunch,
  type EngineReady,
  EngineSupervisor,
  type SupervisorOptions,
  type SupervisorReport,
} from './engine-supervisor.ts';
export { RememberedPort } from './remembered-port.ts';
export type { EngineFault } from './supervisor-machine.ts';
