import { z } from 'zod';
import { callId, campaignId, instant, personId } from '../domain/index.ts';
import { defineCommands, defineEvents, everyone, people } from './define.ts';

/** `pausing`: wants to stop, still has a call. */
export const agentWorkState = z.enum([
  'offline',
  'notReady',
  'ready',
  'reserved',
  'talking',
  'wrapUp',
]);
export type AgentWorkState = z.infer<typeof agentWorkState>;

export const lineState = z.enum(['down', 'connecting', 'up', 'silent']);

export const agentStatus = z.object({
  personId,
  displayName: z.string(),
  workState: agentWorkState,
  /** when the present state began */
  since: instant,
  /** asked for while talking: what comes after wrap-up */
  next: z.enum(['ready', 'notReady']),
  line: lineState,
  callId: callId.nullable(),
  campaignIds: z.array(campaignId),
  /** in wrapUp: when the agent becomes ready by itself; null = never */
  autoReadyAt: instant.nullable(),
});
export type AgentStatus = z.infer<typeof agentStatus>;

export const agentCommands = defineCommands({
  /**
   * Asks for the agent line. The engine then sends one INVITE to this person's softphone, with
   * `nonce` in the header `X-Dialdesk-Line`; the softphone answers only that one by itself.
   */
  'agent.ready': {
    roles: people,
    changes: true,
    live: true,
    input: z.strictObject({ nonce: z.string().regex(/^[0-9a-f]{32}$/) }),
    output: agentStatus,
    errors: ['agent.no-softphone'],
  },
  /** No further calls; the line stays up. During a call it takes effect after wrap-up. */
  'agent.not-ready': {
    roles: people,
    changes: true,
    input: z.strictObject({}),
    output: agentStatus,
  },
  /** Ends the line. */
  'agent.leave': {
    roles: people,
    changes: true,
    live: true,
    input: z.strictObject({}),
    output: agentStatus,
    errors: ['agent.in-call'],
  },
  'agent.status': { roles: people, input: z.strictObject({}), output: agentStatus },
  'agent.list': {
    roles: everyone,
    input: z.strictObject({}),
    output: z.object({ agents: z.array(agentStatus) }),
  },
  /** Today's own figures, for the time between calls. */
  'agent.today': {
    roles: people,
    input: z.strictObject({}),
    output: z.object({
      calls: z.number().int(),
      conversations: z.number().int(),
      promises: z.number().int(),
      promisedMinor: z.array(z.object({ currency: z.string(), amountMinor: z.number().int() })),
      talkTimeMs: z.number(),
      callbacksDue: z.number().int(),
      missedInbound: z.number().int(),
    }),
  },
});

export const agentEvents = defineEvents({
  'agent.changed': agentStatus,
});
