export { assertKindMapping } from './kind-mapping-check.ts';
export type { OtherKind } from './kind-records.ts';
export { loadHome } from './load-home.ts';
export { assertKindInput, type KindInput, kindRequest, startKind } from './start-kind.ts';
