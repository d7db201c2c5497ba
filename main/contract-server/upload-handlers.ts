import type { Handlers } from './types.ts';
import type { Uploads } from './uploads.ts';

/** The one command that the server answers itself: it alone knows its upload tickets. */
export function uploadHandlers(uploads: Uploads): Handlers {
  return {
    'app.upload-ticket': (_input, context) => ({
      url: `${context.baseUrl ?? ''}/upload`,
      ...uploads.issueTicket(context.principal.personId),
      maxBytes: uploads.maxBytes,
    }),
  };
}
