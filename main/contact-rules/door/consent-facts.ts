import type { ContactChannel } from '#shared/rule-packs/index.ts';
import { contactChannels } from '#shared/rule-packs/index.ts';
import type { ConsentFact } from '../engine/index.ts';
import type { ConsentRow } from './fact-rows.ts';

/** An address that a consent was given for. */
export interface GivenFor {
  kind: string;
  value: string;
}

/** The words of rule packs for what a debtor has agreed to; a kind that opens no gate is missing. */
const gatesOf: Readonly<Record<string, readonly string[]>> = {
  directConsent: ['directConsent'],
  electronicMessages: ['perMedium'],
  automatedCalls: ['express', 'massCall'],
  thirdParty: ['thirdPersonBoth'],
  marketing: ['marketing'],
};

/** Agreements that lift what a rule lets parties agree on otherwise: they are facts, not gates. */
const agreementsOf: Readonly<Record<string, string>> = {
  otherHours: 'agreement:hours',
  otherFrequency: 'agreement:frequency',
};

/** Agreeing to more calls lasts so many days at most, that of the consent included (12 CFR 1006.14(b)(3)(i)). */
const directConsentDays = 7;

/** The medium of an address that takes only one. */
const mediumOf: Readonly<Record<string, ContactChannel>> = { email: 'email', messenger: 'chat' };

/**
 * A consent of the store in the words of packs, narrowed to its channel and address. One for electronic messages that
 * names neither opens no gate of a medium: which media it meant is not known.
 * @param point the address it was given for; undefined: every address
 */
export function consentFacts(row: ConsentRow, point: GivenFor | undefined): ConsentFact[] {
  const medium = mediumOf[point?.kind ?? ''];
  const number = medium === undefined ? point?.value : undefined;
  return (gatesOf[row.kind] ?? []).map((kind) => ({
    kind,
    at: row.givenAt,
    ...(row.kind === 'directConsent' ? { lastsDays: directConsentDays } : {}),
    ...(row.withdrawnAt === null ? {} : { until: row.withdrawnAt }),
    ...channelOf(row, medium),
    ...(number === undefined ? {} : { number }),
  }));
}

/** A consent relieves: a medium that we do not know must not widen it, so it is left out by `mayUse`. */
function channelOf(
  { channel }: ConsentRow,
  medium: ContactChannel | undefined,
): { channel?: ContactChannel } {
  const known = contactChannels.find((one) => one === channel) ?? medium;
  return known ? { channel: known } : {};
}

/** Whether a consent says something that the engine can hold to. */
export function mayUse({ channel }: ConsentRow): boolean {
  return channel === null || contactChannels.some((known) => known === channel);
}

/** The agreement that a consent is, in force at `at` on `channel`; null: it is none. */
export function agreementFlag(row: ConsentRow, channel: string, at: number): string | null {
  const flag = agreementsOf[row.kind];
  if (flag === undefined || row.givenAt > at) return null;
  if (row.withdrawnAt !== null && row.withdrawnAt <= at) return null;
  return row.channel === null || row.channel === channel ? flag : null;
}
