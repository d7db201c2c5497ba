export { MediaMaker } from './media-client.ts';
export type { FittedMedia, MediaStep, MediaWish } from './media-types.ts';
