export { localAddressTowards } from './local-address.ts';
export { dialString, readCallerNumber } from './number-format.ts';
export { isLoopback, parseServer } from './trunk.ts';
export { createTrunkHandlers, type TrunkHandlersOptions } from './trunk-handlers.ts';
export { loadTrunks } from './trunk-rows.ts';
export { trunkWrites } from './trunk-writes.ts';
export { Trunks, type TrunkView } from './trunks.ts';
