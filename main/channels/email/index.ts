import type { AdapterKind } from '../types.ts';
import { EmailAdapter } from './email-adapter.ts';
import { testEmail } from './trial/test-email.ts';

/** Submission by SMTP, replies and reports by IMAP; `docs` of both protocols are named where they are read. */
export const emailAdapter: AdapterKind<'email'> = {
  kind: 'email',
  create: (parts) => new EmailAdapter(parts),
  test: testEmail,
};

export { ourMessageId } from './compose/message-ids.ts';
