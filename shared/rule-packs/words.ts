/** The closed word lists of rule packs; the first letters of every bit mask in the engine. */
export const contactChannels = [
  'call',
  'voiceMessage',
  'sms',
  'mms',
  'email',
  'chat',
  'letter',
  'visit',
] as const;
export const eventKinds = [
  'attempt',
  'notConnected',
  'rang',
  'messageLeft',
  'humanAnswered',
  'abandoned',
  'conversation',
  'effectiveCall',
  'message',
  'visit',
] as const;
export const eventFlags = [
  'consented',
  'excludedParty',
  'unreachableNoMessage',
  'replyToDebtor',
  'notConnected',
] as const;
export const purposes = ['collection', 'marketing', 'service', 'legalNotice'] as const;
export const targets = ['debtor', 'spouse', 'guarantor', 'thirdParty', 'lawyer'] as const;
export const numberClasses = ['home', 'mobile', 'work', 'other'] as const;
export const contactModes = [
  'manual',
  'preview',
  'progressive',
  'predictive',
  'bot',
  'prerecorded',
] as const;
export const scopeKeys = [
  'person',
  'debt',
  'account',
  'creditor',
  'collector',
  'number',
  'numberClass',
  'campaign',
  'callCentre',
] as const;
export const holdKinds = [
  'cease',
  'mediumOptOut',
  'lawyer',
  'dispute',
  'bankrupt',
  'breathingSpace',
  'objection',
  'protectedPerson',
  'wrongNumber',
  'deceased',
  'refusedThirdPerson',
  'workplace',
] as const;
/** What a text may have to say, or must not say; `contact-rules/content` recognises each. */
export const contentElements = [
  'greeting',
  'dateTime',
  'businessName',
  'callerIdentity',
  'contactName',
  'contactNumber',
  'callBackRequest',
  'suggestedTimes',
  'anyRepresentative',
  'creditorName',
  'registration',
  'debt',
  'amount',
  'miniMirandaFirst',
  'miniMirandaLater',
  'optOut',
  'stopNumber',
  'complaintPath',
  'recordingNotice',
  'robotNotice',
  'marketing',
  'threat',
] as const;
/** What may be spoken about with somebody who is not the debtor. */
export const topics = ['location', 'callback'] as const;
/** Texts that must have gone out before or soon after a contact. */
export const noticeKinds = [
  'firstClaimInTextForm',
  'validationNotice',
  'dataProtectionNotice',
  'servicerNotice',
  'enforcementNotice',
] as const;
export const weekdaysFromSunday = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export type ContactChannel = (typeof contactChannels)[number];
export type EventKind = (typeof eventKinds)[number];
export type EventFlag = (typeof eventFlags)[number];
export type Purpose = (typeof purposes)[number];
export type Target = (typeof targets)[number];
export type NumberClass = (typeof numberClasses)[number];
export type ContactMode = (typeof contactModes)[number];
export type HoldKind = (typeof holdKinds)[number];
export type ContentElement = (typeof contentElements)[number];
export type Topic = (typeof topics)[number];
export type NoticeKind = (typeof noticeKinds)[number];
export type Weekday = (typeof weekdaysFromSunday)[number];

/** The bit of one word in its list; 0 for a word that the list lacks. */
export function bitOf<Word extends string>(list: readonly Word[], word: Word): number {
  const index = list.indexOf(word);
  return index < 0 ? 0 : 1 << index;
}

/** The bits of several words; an absent list means every word. */
export function bitsOf<Word extends string>(
  list: readonly Word[],
  words: readonly Word[] | undefined,
): number {
  if (words === undefined) return (1 << list.length) - 1;
  return words.reduce((bits, word) => bits | bitOf(list, word), 0);
}
