export { type CompileOptions, compilePack } from './compile-packs.ts';
export type { CompiledRule, RuleCount, RuleObligation } from './compiled-rule.ts';
export { type EngineRefusal, type Evaluation, evaluate, explainRule } from './evaluate.ts';
export { type ContactEvent, type EventLog, prepareEvents } from './events.ts';
export {
  type ConsentFact,
  type Facts,
  type HoldFact,
  type NoticeFact,
  type NumberFacts,
  type PersonalBlock,
  type PreparedFacts,
  prepareFacts,
} from './facts.ts';
export { type EngineRequest, prepareQuestion, type Question } from './question.ts';
export { lifeOf } from './rule-life.ts';
