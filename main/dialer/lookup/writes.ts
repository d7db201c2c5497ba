// What the writer thread needs of this area: the index would load the network there.
export { lookupWrites } from './lookup-writes.ts';
