import type { RulesSettings } from '#shared/contract/index.ts';
import { identityChecks } from '#shared/contract/index.ts';

export type Check = (typeof identityChecks)[number];
export type Party = 'person' | 'company';

const placePattern = /^[A-Z]{2}(?:-[A-Z0-9]{1,3}){0,2}$/;

/** A place as it is typed (`us-ma `) in the form in which packs name it; null: not one. */
export function readPlace(text: string): string | null {
  const place = text.trim().toUpperCase();
  return placePattern.test(place) ? place : null;
}

/** The question changes places with its neighbour; at the ends nothing happens. */
export function withMoved(order: readonly Check[], check: Check, by: -1 | 1): Check[] {
  const next = [...order];
  const at = next.indexOf(check);
  const other = next[at + by];
  if (at < 0 || other === undefined) return next;
  next[at] = other;
  next[at + by] = check;
  return next;
}

/** Asked at the end, or not asked any more; the last question stays. */
export function withAsked(order: readonly Check[], check: Check, asked: boolean): Check[] {
  if (asked) return order.includes(check) ? [...order] : [...order, check];
  return order.length > 1 ? order.filter((one) => one !== check) : [...order];
}

/** Questions that are not asked, in the order of the list. */
export function notAsked(order: readonly Check[]): Check[] {
  return identityChecks.filter((check) => !order.includes(check));
}

/** So many answers must match that there are questions for them, for people and for companies. */
export function withFittingNeed(settings: RulesSettings): RulesSettings {
  const { person, company, needed } = settings.identification;
  const most = Math.min(4, person.length, company.length);
  return {
    ...settings,
    identification: { ...settings.identification, needed: Math.min(Math.max(1, needed), most) },
  };
}
