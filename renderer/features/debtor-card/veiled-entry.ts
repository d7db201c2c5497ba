import type { Interaction } from '#shared/contract/index.ts';
import type { Channel } from '#shared/domain/index.ts';

/** What of one thing that happened may be seen under the veil. */
export interface VeiledEntry {
  /** null: even its kind would tell that money is owed */
  channel: Channel | null;
  result: Interaction['attemptResult'];
  talkTimeMs: number | null;
  /** as many bars as its text has lines */
  lines: number;
}

/** ways to speak with each other; a payment, a letter or a change of what is owed tells by itself */
const talks: ReadonlySet<Channel> = new Set([
  'call',
  'voiceMessage',
  'sms',
  'mms',
  'email',
  'chat',
  'note',
]);
const lettersOfLine = 48;
const mostLines = 3;

export function veiledEntry(interaction: Interaction): VeiledEntry {
  const { channel, happened, text, promise, attemptResult, talkTimeMs } = interaction;
  const lines = Math.ceil((text?.length ?? 0) / lettersOfLine) + (promise === null ? 0 : 1);
  return {
    channel: talks.has(channel) && happened === null ? channel : null,
    result: attemptResult,
    talkTimeMs: talkTimeMs || null,
    lines: Math.min(lines, mostLines),
  };
}
