// What the writer thread needs of this area.
export { scoreWrites } from './model-rows.ts';
