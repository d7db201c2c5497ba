export { paySource } from './pay-source.ts';
export { firmDate } from './ranked-lists.ts';
export { Ranking, type RankingParts, type RankSource } from './ranking.ts';
export { createStrategyHandlers, type StrategyHandlersParts } from './strategy-handlers.ts';
