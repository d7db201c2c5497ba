export { type SaveGatewayRow, saveGatewayRow } from './gateway-rows.ts';
export { gatewayWrites } from './gateway-writes.ts';
