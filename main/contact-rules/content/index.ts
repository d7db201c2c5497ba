export {
  type ContentCheck,
  type ContentMoment,
  type ContentProblem,
  type ContentQuestion,
  type ContentRuleInPack,
  contentRulesOf,
  createContentChecker,
} from './check-content.ts';
export { type ContentWords, loadContentWords } from './content-words.ts';
