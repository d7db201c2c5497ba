import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Submission } from './debtors.ts';

export interface SubmissionParts {
  user: string;
  password: string;
  maxBytes: number;
  /** resolves when everybody it is for has it */
  take(submission: Submission): Promise<void>;
}

/** RFC 6409 without TLS: it listens on this machine alone. */
export function createSubmissionServer(parts: SubmissionParts): SMTPServer {
  return new SMTPServer({
    name: 'practice-mail.test',
    banner: 'practice mail',
    size: parts.maxBytes,
    hideDSN: false,
    hideSTARTTLS: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    closeTimeout: 500,
    logger: false,
    onAuth(auth, _, callback) {
      const isRight = auth.username === parts.user && auth.password === parts.password;
      if (isRight) callback(null, { user: parts.user });
      else callback(replyError(535, '5.7.8 wrong name or password'));
    },
    onData(stream, dialog, callback) {
      readAll(stream)
        .then(async (raw) => {
          if (stream.sizeExceeded) return callback(replyError(552, '5.3.4 message too large'));
          for (const submission of submissionsOf(dialog, raw)) await parts.take(submission);
          callback(null, '2.0.0 taken');
        })
        .catch(() => callback(replyError(451, '4.3.0 try again')));
    },
  });
}

function submissionsOf({ envelope }: SMTPServerSession, raw: Buffer): Submission[] {
  const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  return envelope.rcptTo.map((recipient) => ({
    from,
    to: recipient.address,
    envelopeId: textOf(envelope, 'envid'),
    notify: notifyOf(recipient),
    raw,
  }));
}

/** The published types of the server are older than its DSN. */
function textOf(holder: object, name: string): string | null {
  const value = (holder as { dsn?: Record<string, unknown> }).dsn?.[name];
  return typeof value === 'string' ? value : null;
}

function notifyOf(holder: object): string[] {
  const value = (holder as { dsn?: { notify?: unknown } }).dsn?.notify;
  return Array.isArray(value) ? value.map((word) => String(word).toUpperCase()) : [];
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function replyError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
