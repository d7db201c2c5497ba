// What the writer thread needs of this area: the index would load the whole switch there.
export { dialogColumns, type OrphanDialog, unfinishedDialogs } from './dialog-rows.ts';
export { inboundWrites } from './inbound-writes.ts';
export { recordingWrites } from './recording-writes.ts';
