export { createPacer } from './create-pacer.ts';
export { Forecast, type ForecastRequest, forecastPacing, type PacingForecast } from './forecast.ts';
export type { LearnedState } from './learned.ts';
export { type LineResult, PacerLines } from './pacer-lines.ts';
export {
  type AgentLine,
  type CallLine,
  type CallState,
  callState,
  type Pacer,
  type PacerAnswer,
  type PacerConfig,
  type PacerConfigInput,
  type PacerLine,
  type PacerWhy,
  pacerConfig,
  pacerLine,
  type RestoredBudget,
  restoredBudget,
} from './protocol.ts';
