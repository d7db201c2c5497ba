export { idsFromBytes } from './id-table.ts';
export type { IndexStats } from './index-protocol.ts';
export { Lists, type ListsParts, rememberingCards } from './lists.ts';
