import type { ContactChannel } from '#shared/rule-packs/index.ts';
import { contactChannels } from '#shared/rule-packs/index.ts';
import type { ConsentFact } from '../engine/index.ts';
import type { ConsentRow } from './fact-rows.ts';

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

/**
 * A consent of the store in the words of packs, narrowed to its channel and number.
 * @param number of the address it was given for; undefined: of every address
 */
export function consentFacts(row: ConsentRow, number: string | undefined): ConsentFact[] {
  return (gatesOf[row.kind] ?? []).map((kind) => ({
    kind,
    at: row.givenAt,
    ...(row.kind === 'directConsent' ? { lastsDays: directConsentDays } : {}),
    ...(row.withdrawnAt === null ? {} : { until: row.withdrawnAt }),
    ...channelOf(row),
    ...(number === undefined ? {} : { number }),
  }));
}

/** A consent relieves: a medium that we do not know must not widen it, so it is left out by `mayUse`. */
function channelOf({ channel }: ConsentRow): { channel?: ContactChannel } {
  const known = contactChannels.find((one) => one === channel);
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
