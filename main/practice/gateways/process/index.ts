export type { GatewaysReport, RunningGateway } from './gateway-messages.ts';
export { runGatewaysProcess } from './run-gateways.ts';
export { startPracticeGateways } from './start-gateways.ts';
