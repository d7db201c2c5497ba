import type { DebtorCard, flagKinds, Hold } from '#shared/contract/index.ts';
import type { Channel } from '#shared/domain/index.ts';

export type FlagKind = (typeof flagKinds)[number];

/** The second key after F. What is asked for most often comes first. */
export const flagKeys: readonly (readonly [FlagKind, string])[] = [
  ['cease', 'C'],
  ['mediumOptOut', 'M'],
  ['wrongNumber', 'W'],
  ['dispute', 'D'],
  ['lawyer', 'L'],
  ['insolvency', 'I'],
  ['breathingSpace', 'B'],
  ['vulnerable', 'V'],
  ['objection', 'O'],
  ['workplace', 'K'],
  ['refusedThirdPerson', 'T'],
  ['protectedPerson', 'P'],
  ['deceased', 'X'],
];

/** The third key, after a channel is refused. */
export const mediumKeys: readonly (readonly [Channel, string])[] = [
  ['call', 'C'],
  ['voiceMessage', 'V'],
  ['sms', 'S'],
  ['mms', 'M'],
  ['email', 'E'],
  ['chat', 'H'],
  ['letter', 'L'],
];
export const undoKey = 'Z';
export const withWordsKey = 'R';

/** What is on the line, or was until a moment ago. */
export interface FlagPlace {
  /** the number of the call; null outside one */
  contactPointId: string | null;
  inCall: boolean;
}

export type FlagStep =
  /** enough is known: it is set at once */
  | { do: 'set'; kind: FlagKind; contactPointId?: string; medium?: Channel }
  | { do: 'askMedium'; proposed: Channel | null }
  | { do: 'askNumber'; contactPointIds: readonly string[] }
  /** it is in force; setting it twice would change nothing */
  | { do: 'nothing'; hold: Hold };

/** What choosing a kind leads to, for what is on the line. */
export function flagStep(kind: FlagKind, card: DebtorCard, place: FlagPlace): FlagStep {
  if (kind === 'mediumOptOut') {
    return { do: 'askMedium', proposed: place.inCall ? 'call' : null };
  }
  if (kind === 'wrongNumber') return numberStep(card, place);
  const hold = card.holds.find((one) => one.kind === kind && one.debtId === null);
  return hold ? { do: 'nothing', hold } : { do: 'set', kind };
}

/** What choosing a channel leads to. */
export function mediumStep(medium: Channel, card: DebtorCard): FlagStep {
  const hold = card.holds.find((one) => one.kind === 'mediumOptOut' && one.medium === medium);
  return hold ? { do: 'nothing', hold } : { do: 'set', kind: 'mediumOptOut', medium };
}

/** What choosing a number leads to. */
export function wrongNumberStep(contactPointId: string, card: DebtorCard): FlagStep {
  const hold = card.holds.find(
    (one) => one.kind === 'wrongNumber' && one.contactPointId === contactPointId,
  );
  return hold ? { do: 'nothing', hold } : { do: 'set', kind: 'wrongNumber', contactPointId };
}

function numberStep(card: DebtorCard, place: FlagPlace): FlagStep {
  const phones = card.contactPoints.filter(
    ({ value, status }) => value.startsWith('+') && status === 'active',
  );
  const called = card.contactPoints.find((one) => one.contactPointId === place.contactPointId);
  const only = called ?? (phones.length === 1 ? phones[0] : undefined);
  if (only) return wrongNumberStep(only.contactPointId, card);
  return { do: 'askNumber', contactPointIds: phones.map((one) => one.contactPointId).slice(0, 9) };
}
