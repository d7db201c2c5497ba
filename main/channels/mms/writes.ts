export { messageMediaWrites } from './attachments/media-writes.ts';
