// What the writer thread needs of this area: the index would load the thread's client there.
export { screeningWrites } from './screening-writes.ts';
