import { z } from 'zod';
import {
  amountMinor,
  attemptResult,
  callId,
  campaignId,
  contactPointId,
  currencyCode,
  debtId,
  debtorId,
  dialingMode,
  direction,
  e164,
  instant,
  isoDate,
  missedInboundId,
  personId,
  recordingId,
} from '../domain/index.ts';
import { callParty } from './contact.contract.ts';
import { debtorCard } from './debtor.contract.ts';
import { defineCommands, defineEvents, everyone, leads, people } from './define.ts';
import { dispositionEffect, dispositionNext } from './disposition.contract.ts';
import { obligation } from './permission.schema.ts';

export const callState = z.enum(['dialing', 'ringing', 'offered', 'connected', 'held', 'ended']);
export type CallState = z.infer<typeof callState>;

export const call = z.object({
  callId,
  direction,
  mode: dialingMode.nullable(),
  state: callState,
  campaignId: campaignId.nullable(),
  debtorId: debtorId.nullable(),
  contactPointId: contactPointId.nullable(),
  /** the other end; null when it withheld its number */
  number: z.string().nullable(),
  personId: personId.nullable(),
  startedAt: instant,
  answeredAt: instant.nullable(),
  joinedAt: instant.nullable(),
  endedAt: instant.nullable(),
  muted: z.boolean(),
  /** forbidden: a rule does; refused: the debtor did */
  recording: z.enum(['off', 'waiting', 'on', 'forbidden', 'refused']),
  recordingId: recordingId.nullable(),
  /** whom we talk to: until somebody is identified, amounts and the word debt are veiled */
  party: callParty,
  /** what this call owes, in the order in which it is to be said and done */
  obligations: z.array(obligation),
  /** once it has ended */
  attemptResult: attemptResult.nullable(),
  endedBy: z.enum(['agent', 'debtor', 'network', 'engine']).nullable(),
});
export type Call = z.infer<typeof call>;

export const disposition = z.object({
  code: z.string(),
  /** the firm's own name for it; null: the translated one */
  label: z.string().nullable(),
  /** 1–9: the key in wrap-up; null: only by the list */
  key: z.string().nullable(),
  /** what it means for the list */
  effect: dispositionEffect,
  next: dispositionNext,
  active: z.boolean(),
});
export type Disposition = z.infer<typeof disposition>;

export const missedInbound = z.object({
  missedInboundId,
  at: instant,
  number: z.string().nullable(),
  debtorId: debtorId.nullable(),
  debtorName: z.string().nullable(),
  reason: z.enum(['noAgent', 'hungUp', 'rejected']),
  resolvedAt: instant.nullable(),
});

export const callCommands = defineCommands({
  /** A call by hand. The engine asks the door, dials and joins the agent's line. */
  'call.place': {
    roles: people,
    changes: true,
    live: true,
    input: z.strictObject({
      to: e164,
      debtorId: debtorId.optional(),
      contactPointId: contactPointId.optional(),
    }),
    output: call,
    errors: ['call.no-line', 'call.busy', 'call.no-trunk', 'contact-rules.refused'],
  },
  'call.hang-up': {
    roles: people,
    changes: true,
    live: true,
    input: z.strictObject({ callId }),
    output: call,
    errors: ['call.unknown'],
  },
  'call.hold': {
    roles: people,
    changes: true,
    live: true,
    input: z.strictObject({ callId }),
    output: call,
  },
  'call.resume': {
    roles: people,
    changes: true,
    live: true,
    input: z.strictObject({ callId }),
    output: call,
  },
  'call.mute': {
    roles: people,
    changes: true,
    live: true,
    input: z.strictObject({ callId, muted: z.boolean() }),
    output: call,
  },
  'call.send-dtmf': {
    roles: people,
    changes: true,
    live: true,
    input: z.strictObject({ callId, digits: z.string().regex(/^[0-9*#ABCD]{1,32}$/) }),
    output: z.object({}),
  },
  /** The debtor has agreed to be recorded: lets the recorder start where the rules wait for it. */
  'call.confirm-recording-consent': {
    roles: people,
    changes: true,
    input: z.strictObject({ callId }),
    output: call,
  },
  /** Takes an inbound call that is offered to this agent. */
  'call.answer': {
    roles: people,
    changes: true,
    live: true,
    input: z.strictObject({ callId }),
    output: call,
    errors: ['call.gone'],
  },
  'call.reject': {
    roles: people,
    changes: true,
    live: true,
    input: z.strictObject({ callId }),
    output: call,
  },
  /** The agent's verdict; ends wrap-up. Writes outcome, note, promise and callback in one step. */
  'call.dispose': {
    roles: people,
    changes: true,
    input: z.strictObject({
      callId,
      dispositionCode: z.string().max(40),
      note: z.string().max(10_000).optional(),
      promise: z
        .strictObject({
          debtId: debtId.optional(),
          amountMinor: amountMinor.positive(),
          currency: currencyCode,
          dueOn: isoDate,
        })
        .optional(),
      callbackAt: instant.optional(),
      /** what comes next for the agent */
      next: z.enum(['ready', 'notReady']).default('ready'),
    }),
    output: z.object({}),
    errors: [
      'call.unknown',
      'call.still-up',
      'call.already-disposed',
      'call.promise-needed',
      'call.note-needed',
    ],
  },
  /** Stops the auto-ready timer of this wrap-up, or adds time to it. */
  'call.extend-wrap-up': {
    roles: people,
    changes: true,
    input: z.strictObject({ callId }),
    output: z.object({ autoReadyAt: instant.nullable() }),
  },
  'call.current': {
    roles: people,
    input: z.strictObject({}),
    output: z.object({ call: call.nullable(), card: debtorCard.nullable() }),
  },
  'call.list-live': {
    roles: leads,
    input: z.strictObject({}),
    output: z.object({ calls: z.array(call) }),
  },
  'call.list-dispositions': {
    roles: everyone,
    input: z.strictObject({}),
    output: z.object({ dispositions: z.array(disposition) }),
  },
  'call.list-missed': {
    roles: everyone,
    input: z.strictObject({ includeResolved: z.boolean().default(false) }),
    output: z.object({ items: z.array(missedInbound) }),
  },
  'call.resolve-missed': {
    roles: everyone,
    changes: true,
    input: z.strictObject({ missedInboundId }),
    output: missedInbound,
  },
});

export const callEvents = defineEvents({
  /** an inbound call rings at this agent, with the card if the number is known */
  'call.offered': z.object({ call, card: debtorCard.nullable() }),
  /** this agent talks; the card is complete when the voice is */
  'call.connected': z.object({ call, card: debtorCard.nullable() }),
  'call.changed': z.object({ call }),
  'call.ended': z.object({ call }),
  'call.missed': missedInbound,
});
