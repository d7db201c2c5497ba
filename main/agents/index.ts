export type { AgentEvent, AgentState, NextState } from './agent-machine.ts';
export { type AgentLineState, type AgentPerson, Agents, type AgentsEvent } from './agents.ts';
