import type { AttachedMedia } from '#shared/contract/index.ts';

export type MediaStep = AttachedMedia['steps'][number];

/** What a medium must become. */
export interface MediaWish {
  /** `mms`: always a picture; `email`: a PDF or a text stays what it is */
  target: 'mms' | 'email';
  /** most bytes of the result */
  maxBytes: number;
  /** most pixels of a picture's longer side; 1600 when absent */
  maxSide?: number | undefined;
  /** `picture`: a page of a PDF becomes one for e-mails too */
  as?: 'asIs' | 'picture' | undefined;
  /** of a PDF, from 1 */
  page?: number | undefined;
}

export interface FittedMedia {
  bytes: Uint8Array;
  /** as in RFC 6838 */
  mediaType: string;
  /** of pictures, pixels */
  width: number | null;
  height: number | null;
  /** of PDFs that were made a picture: how many pages there were */
  pages: number | null;
  /** what was done, in order */
  steps: MediaStep[];
}
