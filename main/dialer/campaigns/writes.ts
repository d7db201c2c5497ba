// What the writer thread needs of this area: the index would load the dialer there.
export { campaignWrites } from './campaign-writes.ts';
