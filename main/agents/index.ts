export {
  type AgentHandlersOptions,
  type AgentLinePort,
  type AgentToday,
  createAgentHandlers,
} from './agent-handlers.ts';
export type { AgentEvent, AgentState, NextState } from './agent-machine.ts';
export { type AgentLineState, type AgentPerson, Agents, type AgentsEvent } from './agents.ts';
export { type Closing, WrapUpNotices } from './wrap-up-notices.ts';
