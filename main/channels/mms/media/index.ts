export { MediaMaker } from './media-client.ts';
export { tooLarge } from './media-errors.ts';
export type { FittedMedia, MediaStep, MediaWish } from './media-types.ts';
