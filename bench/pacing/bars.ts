/** Minutes an hour to reach at 3 % abandoned, by team. Proposed from simulations with perfect knowledge of the list. */
type Bars = Readonly<Record<number, number>>;

const nothingTakenBack: Readonly<Record<string, Bars>> = {
  S2: { 2: 41.7, 5: 45.7, 10: 49.2, 20: 52.6 },
  S3: { 2: 36.4, 5: 43.5, 10: 48.1, 20: 52.1 },
  exponential: { 2: 42.3, 5: 45.5, 10: 49, 20: 52.2 },
};
const withTakingBack: Readonly<Record<string, Bars>> = {
  S2: { 2: 43.5, 5: 48, 10: 51.4, 20: 53.3 },
};
/** with taking back: that is how they were simulated */
const atOnePercent: Readonly<Record<string, Bars>> = { S2: { 2: 39.5, 5: 44, 10: 47.9, 20: 51 } };

export interface BarQuestion {
  scenario: string;
  agents: number;
  limitPercent: number;
  takesBack: boolean;
}

/** @returns min/h; undefined where none is set */
export function barOf({
  scenario,
  agents,
  limitPercent,
  takesBack,
}: BarQuestion): number | undefined {
  if (limitPercent === 1) return takesBack ? atOnePercent[scenario]?.[agents] : undefined;
  const bars = takesBack ? withTakingBack : nothingTakenBack;
  return bars[scenario]?.[agents];
}
