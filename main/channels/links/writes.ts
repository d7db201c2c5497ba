export { insertDocumentLink, linkWrites } from './link-writes.ts';
