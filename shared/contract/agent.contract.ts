import { z } from 'zod';
import {
  callId,
  campaignId,
  contactListEntryId,
  debtorId,
  instant,
  personId,
} from '../domain/index.ts';
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

/** One debtor to look at before the call; callbacks of this agent come the same way in every mode. */
export const previewOffer = z.object({
  entryId: contactListEntryId,
  campaignId,
  campaignName: z.string(),
  debtorId,
  displayName: z.string(),
  number: z.string(),
  numberKind: z.string(),
  /** preview: the campaign's way; callback: promised for this time; silent: met silence before, an agent comes first */
  kind: z.enum(['preview', 'callback', 'silent']),
  offeredAt: instant,
  /** when the call goes out by itself; null: only by the agent's key */
  dialsAt: instant.nullable(),
  callbackAt: instant.nullable(),
  /** callback: who promised it, and what was noted then */
  promisedBy: z.string().nullable().optional(),
  note: z.string().nullable().optional(),
  /** silent: when this person answered and met nobody */
  silentAt: instant.nullable().optional(),
});
export type PreviewOffer = z.infer<typeof previewOffer>;

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
  /**
   * The agent is about to be done with a wrap-up: a notice for the dialer, which can be given again. `inMs` absent: by the
   * progress of the form, the engine estimates.
   */
  'agent.closing': {
    roles: people,
    live: true,
    input: z.strictObject({
      callId,
      inMs: z.number().int().min(0).max(600_000).optional(),
      /** how much of the form is done, 0 … 1 */
      progress: z.number().min(0).max(1).optional(),
    }),
    output: z.object({}),
  },
  /** The debtor whom a preview campaign proposes next to this agent; null: nobody now. */
  'preview.current': {
    roles: people,
    input: z.strictObject({}),
    output: z.object({ offer: previewOffer.nullable() }),
  },
  'preview.dial': {
    roles: people,
    changes: true,
    live: true,
    input: z.strictObject({ entryId: contactListEntryId }),
    output: z.object({ callId }),
    errors: ['preview.gone', 'call.blocked-by-rules', 'call.no-trunk', 'agent.not-now'],
  },
  /** Not now: the entry goes back to its list. */
  'preview.skip': {
    roles: people,
    changes: true,
    input: z.strictObject({
      entryId: contactListEntryId,
      reason: z.enum(['later', 'noNumberFits', 'alreadyHandled', 'other']).default('later'),
      note: z.string().max(500).optional(),
    }),
    output: z.object({}),
    errors: ['preview.gone'],
  },
  /** More time to look: the call no longer goes out by itself (`dialsAt` is null), only by the agent's key. */
  'preview.hold': {
    roles: people,
    changes: true,
    input: z.strictObject({ entryId: contactListEntryId }),
    output: z.object({ offer: previewOffer }),
    errors: ['preview.gone'],
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
  /** to the agent: an offer came, changed or went */
  'preview.changed': z.object({ personId, offer: previewOffer.nullable() }),
});
