import type { Channel } from '#shared/domain/index.ts';

type Paired = 'sms' | 'mms' | 'call' | 'voiceMessage';

const together: readonly (readonly Paired[])[] = [
  ['sms', 'mms'],
  ['call', 'voiceMessage'],
];

/**
 * The media that a person means by one word when they refuse one: "texts" come with pictures too, and a message left
 * on voice mail is a call.
 * @returns the asked one first
 */
export function mediaTogether<Medium extends Channel>(medium: Medium): (Medium | Paired)[] {
  const all = together.find((pair) => pair.some((one) => one === medium)) ?? [];
  return [medium, ...all.filter((one) => one !== medium)];
}
