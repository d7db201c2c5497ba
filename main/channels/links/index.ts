export {
  type DocumentLinkRow,
  documentLinkUrl,
  newDocumentLink,
} from './document-link.ts';
export { hookSecret, hookUrl, isHookSecret } from './hook-address.ts';
export { createLinkPages, type LinkPages, type LinkPagesParts } from './link-pages.ts';
export { linkWrites } from './link-writes.ts';
export { hostOfBaseUrl, publicUrlOf } from './public-address.ts';
export { createPublishedMedia, type PublishedMedia } from './published-media.ts';
