import type { MessagePreview, Permission } from '#shared/contract/index.ts';
import { type Choice, type MessageDraft, type MessageOffer, wordsOf } from './message-draft.ts';

/** Why a message cannot be sent as it stands; each is said beside the button. */
export type Obstacle =
  | 'unavailable'
  | 'noRecipient'
  | 'empty'
  | 'preparing'
  | 'refused'
  | 'missing'
  | 'problem'
  | 'tooLarge'
  | 'reason'
  | 'past';

const shortestReason = 3;

/** Everything that the decision rests on. */
export interface SendState {
  offer: MessageOffer;
  draft: MessageDraft;
  choice: Choice;
  preview: MessagePreview | null;
  /** the preview shows what is chosen */
  current: boolean;
  /** null: at once */
  dueAt: number | null;
  now: number;
}

/** The rules say yes, now or at the time for which it is meant; an exception counts as a yes. */
export function isPermitted(permission: Permission, dueAt: number | null): boolean {
  if (permission.allowed || permission.override !== null) return true;
  return dueAt !== null && permission.nextAllowedAt !== null && dueAt >= permission.nextAllowedAt;
}

/** The first thing that stands in the way, the gravest first; null: it can go. The engine decides once more. */
export function obstacleOf(state: SendState): Obstacle | null {
  const { offer, draft, choice, preview, current, dueAt, now } = state;
  if (offer.unavailable !== null) return 'unavailable';
  if (choice.recipient === null) return 'noRecipient';
  if (!isPermitted(choice.recipient.permission, dueAt)) return 'refused';
  if (draft.later !== null && (dueAt === null || dueAt <= now)) return 'past';
  const { text } = wordsOf(draft, choice.template);
  const files = draft.attachments?.length ?? 0;
  if (text !== null && text.trim() === '' && files === 0) return 'empty';
  if (preview === null || !current) return 'preparing';
  if (preview.missing.length > 0) return 'missing';
  if (preview.problems.some(({ blocks }) => blocks)) return 'problem';
  if (preview.maxBytes !== null && preview.bytes > preview.maxBytes) return 'tooLarge';
  if (preview.needsIdentification && draft.reason.trim().length < shortestReason) return 'reason';
  return null;
}
