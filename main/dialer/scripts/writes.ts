// What the writer thread needs of this area.
export { scriptWrites } from './script-writes.ts';
