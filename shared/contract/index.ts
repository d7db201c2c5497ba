import type { z } from 'zod';
import { accessCommands, accessEvents } from './access.contract.ts';
import { agentCommands, agentEvents } from './agent.contract.ts';
import { appCommands, appEvents } from './app.contract.ts';
import { bankCommands, bankEvents } from './bank.contract.ts';
import { callCommands, callEvents } from './call.contract.ts';
import { callerIdCommands, callerIdEvents } from './caller-id.contract.ts';
import { campaignCommands, campaignEvents } from './campaign.contract.ts';
import { contactCommands, contactEvents, identityCommands } from './contact.contract.ts';
import { debtorCommands, debtorEvents } from './debtor.contract.ts';
import { dispositionCommands, dispositionEvents } from './disposition.contract.ts';
import { documentCommands, documentEvents } from './document.contract.ts';
import { exportCommands, exportEvents } from './export.contract.ts';
import { gatewayCommands, gatewayEvents } from './gateway.contract.ts';
import { importCommands, importEvents } from './import.contract.ts';
import { inboxCommands, inboxEvents } from './inbox.contract.ts';
import { lookupCommands, lookupEvents } from './lookup.contract.ts';
import { messageCommands, messageEvents } from './message.contract.ts';
import { ruleCommands, ruleEvents } from './rules.contract.ts';
import { scoreCommands, scoreEvents } from './score.contract.ts';
import { searchCommands, searchEvents } from './search.contract.ts';
import { telephonyCommands, telephonyEvents } from './telephony.contract.ts';
import { templateCommands, templateEvents } from './template.contract.ts';
import { workCommands } from './work.contract.ts';

export const commands = {
  ...accessCommands,
  ...agentCommands,
  ...appCommands,
  ...bankCommands,
  ...callCommands,
  ...callerIdCommands,
  ...campaignCommands,
  ...contactCommands,
  ...debtorCommands,
  ...dispositionCommands,
  ...documentCommands,
  ...exportCommands,
  ...identityCommands,
  ...importCommands,
  ...lookupCommands,
  ...ruleCommands,
  ...scoreCommands,
  ...searchCommands,
  ...telephonyCommands,
  ...gatewayCommands,
  ...inboxCommands,
  ...messageCommands,
  ...templateCommands,
  ...workCommands,
};
export const events = {
  ...accessEvents,
  ...agentEvents,
  ...appEvents,
  ...bankEvents,
  ...callEvents,
  ...callerIdEvents,
  ...campaignEvents,
  ...contactEvents,
  ...debtorEvents,
  ...dispositionEvents,
  ...documentEvents,
  ...exportEvents,
  ...importEvents,
  ...lookupEvents,
  ...ruleEvents,
  ...scoreEvents,
  ...searchEvents,
  ...telephonyEvents,
  ...gatewayEvents,
  ...inboxEvents,
  ...messageEvents,
  ...templateEvents,
};

export type Commands = typeof commands;
export type CommandName = keyof Commands;
/** what a client writes (defaults may be left out) */
export type CommandInput<Name extends CommandName> = z.input<Commands[Name]['input']>;
/** what a handler receives (defaults filled in) */
export type ParsedInput<Name extends CommandName> = z.output<Commands[Name]['input']>;
export type CommandOutput<Name extends CommandName> = z.output<Commands[Name]['output']>;
export type Events = typeof events;
export type EventName = keyof Events;
export type EventData<Name extends EventName> = z.output<Events[Name]>;

export * from './access.contract.ts';
export * from './agent.contract.ts';
export * from './app.contract.ts';
export * from './bank.contract.ts';
export * from './call.contract.ts';
export * from './caller-id.contract.ts';
export * from './campaign.contract.ts';
export * from './campaign-settings.schema.ts';
export * from './contact.contract.ts';
export * from './debtor.contract.ts';
export * from './debtor-parts.schema.ts';
export * from './define.ts';
export * from './disposition.contract.ts';
export * from './document.contract.ts';
export * from './export.contract.ts';
export * from './gateway.contract.ts';
export * from './gateway-settings.schema.ts';
export * from './import.contract.ts';
export * from './inbox.contract.ts';
export * from './login-fragment.ts';
export * from './lookup.contract.ts';
export * from './message.contract.ts';
export * from './permission.schema.ts';
export * from './protocol.ts';
export * from './rules.contract.ts';
export * from './score.contract.ts';
export * from './search.contract.ts';
export * from './telephony.contract.ts';
export * from './template.contract.ts';
export * from './token.ts';
export * from './unknown-party.ts';
export * from './work.contract.ts';
