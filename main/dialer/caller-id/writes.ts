// What the writer thread needs of this area: the index would load the dialer there.
export { callerIdWrites } from './caller-id-writes.ts';
export { countShown, countShownAnswer } from './tally-writes.ts';
