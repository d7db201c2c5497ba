export type { RulePack } from '#shared/rule-packs/index.ts';
export {
  type BudgetCampaign,
  type BudgetOptions,
  createAbandonmentHandlers,
  findBudgetCampaign,
  readAbandonmentBudgets,
} from './abandonment/index.ts';
export {
  type Calendars,
  type CalendarTable,
  createCalendars,
} from './calendars/calendars.ts';
export { loadCalendars } from './calendars/load-calendars.ts';
export {
  type CallFacts,
  type ContactRules,
  type ContactRulesOptions,
  createContactRules,
  createContactRulesWrites,
  type PackSummary,
} from './contact-rules.ts';
export {
  type ContentCheck,
  type ContentMoment,
  type ContentProblem,
  type ContentQuestion,
  contentRulesOf,
  createContentChecker,
  loadContentWords,
} from './content/index.ts';
export type { Answer } from './door/answer.ts';
export { coversPlace, packsForStore } from './door/choose-packs.ts';
export { type ClockGuard, type ClockSuspicion, createClockGuard } from './door/clock-guard.ts';
export type { OverrideTrace, OverrideTraces } from './door/override-use.ts';
export type { EffectivePack } from './door/packs-in-force.ts';
export { siteSettingId } from './door/read-site.ts';
export type { ContactOutcome } from './door/record-events.ts';
export type { Reservation, ReserveOptions } from './door/reservations.ts';
export { storedObligations } from './door/stored-obligations.ts';
export * as engine from './engine/index.ts';
export { type ContactHandlersParts, createContactHandlers } from './handlers/contact-handlers.ts';
export { announceOverride } from './handlers/override-handlers.ts';
export { createTextHandlers } from './handlers/text-handlers.ts';
export {
  countryOfNumber,
  zonesForJurisdiction,
  zonesForNumber,
} from './numbers/place-of-number.ts';
export {
  countryOfPracticeNumber,
  isPracticeNumber,
  type PracticeRange,
  practiceNumberAt,
  practiceRanges,
} from './numbers/practice-numbers.ts';
export {
  type ApplyReply,
  createOptOutWrites,
  createReplyReader,
  loadReplyWords,
  mediaTogether,
  type OptOutTrace,
  type ReadReply,
} from './opt-out/index.ts';
export { createOverrideWrites, type OverrideWrites } from './overrides/override-writes.ts';
export { createFirmRuleHandlers } from './own-packs/firm-rule-handlers.ts';
export { firmRuleWrites } from './own-packs/firm-rule-writes.ts';
export { type FirmRules, readFirmRules } from './own-packs/firm-rules.ts';
export { readRulesSettings } from './own-packs/rules-settings.ts';
export { loadPacks } from './packs/load-packs.ts';
export { type PackProblem, parsePack } from './packs/parse-pack.ts';
export { retentionPlaces, retentionRulesOf } from './retention-laws.ts';
export type * from './types.ts';
export { mayContact, type VectorResult } from './vectors/may-contact.ts';
export { isKnownZone } from './zones/zone.ts';
