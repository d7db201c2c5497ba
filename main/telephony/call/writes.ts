// What the writer thread needs of this area: the index would load the whole switch there.
export { dialogColumns, type OrphanDialog, unfinishedDialogs } from './dialog-rows.ts';
export { inboundWrites } from './inbound-writes.ts';
export { partyWrites } from './party/party-writes.ts';
export { agreeFactsWithParty, targetOfCall } from './party/reached-facts.ts';
export { recordingWrites } from './recording-writes.ts';
