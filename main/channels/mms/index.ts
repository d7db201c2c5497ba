export {
  createMessageMedia,
  type MessageMediaDesk,
  type MessageMediaParts,
} from './attachments/message-media.ts';
