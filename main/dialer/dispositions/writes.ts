// What the writer thread needs of this area.
export { type Outcome, outcomeOf } from './disposition-rows.ts';
export { dispositionWrites } from './disposition-writes.ts';
