export { type AgentLineEvent, AgentLines, type Softphones } from './agent-lines.ts';
export { IncomingLeg } from './incoming-leg.ts';
export {
  type CallLeg,
  type CallView,
  type LiveCall,
  type LiveCallEvent,
  LiveCalls,
  type RecordingPolicy,
} from './live-calls.ts';
export { OutgoingLeg } from './outgoing-leg.ts';
export { Player } from './player.ts';
export { type PromptName, Prompts } from './prompts.ts';
export { Recorder } from './recorder.ts';
export { recordingWrites } from './recording-writes.ts';
export type { CallEnd, TrunkGate, TrunkInvite, TrunkMedia } from './types.ts';
