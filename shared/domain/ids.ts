import { z } from 'zod';

const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'not an id');

export const debtorId = uuid.brand<'DebtorId'>();
export const debtId = uuid.brand<'DebtId'>();
export const contactPointId = uuid.brand<'ContactPointId'>();
export const interactionId = uuid.brand<'InteractionId'>();
export const promiseToPayId = uuid.brand<'PromiseToPayId'>();
export const portfolioId = uuid.brand<'PortfolioId'>();
export const campaignId = uuid.brand<'CampaignId'>();
export const contactListEntryId = uuid.brand<'ContactListEntryId'>();
export const attemptId = uuid.brand<'AttemptId'>();
export const callId = uuid.brand<'CallId'>();
export const personId = uuid.brand<'PersonId'>();
export const trunkId = uuid.brand<'TrunkId'>();
export const callerIdId = uuid.brand<'CallerIdId'>();
export const recordingId = uuid.brand<'RecordingId'>();
export const importJobId = uuid.brand<'ImportJobId'>();
export const missedInboundId = uuid.brand<'MissedInboundId'>();
export const decisionId = uuid.brand<'DecisionId'>();
/** chosen by the client, once for each thing a person asked for; makes a repeated command harmless */
export const commandId = uuid.brand<'CommandId'>();

export type DebtorId = z.infer<typeof debtorId>;
export type DebtId = z.infer<typeof debtId>;
export type ContactPointId = z.infer<typeof contactPointId>;
export type InteractionId = z.infer<typeof interactionId>;
export type PromiseToPayId = z.infer<typeof promiseToPayId>;
export type PortfolioId = z.infer<typeof portfolioId>;
export type CampaignId = z.infer<typeof campaignId>;
export type ContactListEntryId = z.infer<typeof contactListEntryId>;
export type AttemptId = z.infer<typeof attemptId>;
export type CallId = z.infer<typeof callId>;
export type PersonId = z.infer<typeof personId>;
export type TrunkId = z.infer<typeof trunkId>;
export type CallerIdId = z.infer<typeof callerIdId>;
export type RecordingId = z.infer<typeof recordingId>;
export type ImportJobId = z.infer<typeof importJobId>;
export type MissedInboundId = z.infer<typeof missedInboundId>;
export type DecisionId = z.infer<typeof decisionId>;
export type CommandId = z.infer<typeof commandId>;
