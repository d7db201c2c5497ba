// What the writer thread needs of this area: the index would load SIP there.
export { trunkWrites } from './trunk-writes.ts';
