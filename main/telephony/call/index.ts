export { type AgentLineEvent, AgentLines, type Softphones } from './agent-lines.ts';
export { type CallHandlersOptions, createCallHandlers } from './call-handlers.ts';
export { dialogColumns, type OrphanDialog, unfinishedDialogs } from './dialog-rows.ts';
export { type InboundAnnouncement, InboundCalls } from './inbound.ts';
export { countMissed, findMissed, listMissed } from './inbound-queries.ts';
export type { InboundCaller, InboundDuties } from './inbound-view.ts';
export { inboundWrites } from './inbound-writes.ts';
export { IncomingLeg } from './incoming-leg.ts';
export {
  type CallLeg,
  type CallView,
  type LiveCall,
  type LiveCallEvent,
  LiveCalls,
  type RecordingPolicy,
} from './live-calls.ts';
export { inOrder, recordingPolicy } from './obligations.ts';
export { OutgoingLeg } from './outgoing-leg.ts';
export { type Disclosure, isSameDebtor, mayDisclose } from './party/may-disclose.ts';
export { createPartyHandlers, type PartyHandlersOptions } from './party/party-handlers.ts';
export { type PartyView, partyOfCall } from './party/party-rows.ts';
export { type PartyCall, partyWrites } from './party/party-writes.ts';
export { Player } from './player.ts';
export { type PromptName, Prompts } from './prompts.ts';
export { Recorder } from './recorder.ts';
export { recordingWrites } from './recording-writes.ts';
export { Ringback } from './ringback.ts';
export type { CallEnd, TrunkGate, TrunkInvite, TrunkMedia } from './types.ts';
