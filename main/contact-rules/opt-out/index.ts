export { mediaTogether } from './media-together.ts';
export {
  type ApplyReply,
  createOptOutWrites,
  type OptOutTrace,
  unclearReason,
} from './opt-out-writes.ts';
export { createReplyReader, type ReadReply, type ReplyVerdict } from './read-reply.ts';
export { loadReplyWords, type ReplyLanguage } from './reply-words.ts';
