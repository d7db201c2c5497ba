// What the writer thread needs of this area: the index would load the client of lists there.
export { rankingWrites } from './ranking-writes.ts';
