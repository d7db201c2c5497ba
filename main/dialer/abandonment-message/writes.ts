// What the writer thread needs of this area: the index would load the sound there.
export { abandonmentMessageWrites } from './message-writes.ts';
