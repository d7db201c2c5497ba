export { DeliveryMark } from './delivery-mark.tsx';
export { HtmlBody } from './html-body.tsx';
export { MessageActions } from './message-actions.tsx';
export { MessageAnnouncer } from './message-announcer.tsx';
export { MessageSheet } from './message-sheet.tsx';
export { PartsLine } from './parts-line.tsx';
export { PendingMessages } from './pending-messages.tsx';
export { problemText } from './problem-text.ts';
export { reasonText, tellsReason } from './reason-text.ts';
export { addressText } from './recipient-list.tsx';
export {
  DebtorMessagesContext,
  useDebtorMessages,
  useMessagesOfDebtor,
} from './use-debtor-messages.ts';
export { usePicture } from './use-picture.ts';
