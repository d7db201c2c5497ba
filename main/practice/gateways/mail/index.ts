import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '#shared/util/index.ts';
import { PracticeMailDebtors, type Submission } from './debtors.ts';
import { ImapDialog } from './imap-dialog.ts';
import { PracticeMailbox } from './mailbox.ts';
import { createSubmissionServer } from './submission-server.ts';

export interface PracticeMailOptions {
  /** loopback; everything is in the clear */
  host: string;
  /** 0: any free one */
  smtpPort: number;
  imapPort: number;
  /** of the debtors' behaviour */
  seed: number;
  clock: Clock;
  /** false: as a server that cannot wake its clients */
  idle?: boolean;
}

export interface PracticeMail {
  smtpPort: number;
  imapPort: number;
  user: string;
  password: string;
  /** what replies come to */
  address: string;
  /** what was sent, oldest first; the newest thousand */
  readonly submissions: readonly Submission[];
  /** puts a mail into the mailbox, as if somebody had sent it */
  deliver(raw: Buffer): void;
  /** ends every connection, as a restart of a server does; it goes on listening */
  dropClients(): void;
  stop(): Promise<void>;
}

const login = { user: 'practice', password: 'practice' };
const MAX_BYTES = 10_000_000;
const MOST_SUBMISSIONS = 1_000;

/** A mail server with debtors behind it: takes mail by SMTP, and keeps what comes back for IMAP, in memory alone. */
export async function startPracticeMail(options: PracticeMailOptions): Promise<PracticeMail> {
  const { host, seed, clock, idle = true } = options;
  const startedAt = clock.now();
  const mailbox = new PracticeMailbox(Math.max(1, Math.floor(startedAt / 1_000)));
  const debtors = new PracticeMailDebtors({ mailbox, seed, clock, nextId: idsFrom(startedAt) });
  const submissions: Submission[] = [];
  const smtp = createSubmissionServer({
    ...login,
    maxBytes: MAX_BYTES,
    async take(submission) {
      submissions.push(submission);
      if (submissions.length > MOST_SUBMISSIONS) submissions.shift();
      await debtors.take(submission);
    },
  });
  const clients = new Set<Socket>();
  const imap = createServer((socket) => {
    clients.add(socket);
    socket.on('close', () => clients.delete(socket));
    new ImapDialog(socket, { mailbox, ...login, idle });
  });
  // a client that goes away in the middle is no fault of ours
  smtp.on('error', () => undefined);
  smtp.server.on('connection', (socket) => {
    clients.add(socket);
    socket.on('close', () => clients.delete(socket));
  });
  const smtpPort = await listen(smtp.server, options.smtpPort, host);
  const imapPort = await listen(imap, options.imapPort, host);
  const dropClients = () => {
    for (const client of clients) client.destroy();
  };
  return {
    smtpPort,
    imapPort,
    ...login,
    address: 'office@practice-mail.test',
    submissions,
    deliver: (raw) => mailbox.add(raw, clock.now()),
    dropClients,
    async stop() {
      debtors.stop();
      dropClients();
      await Promise.all([closed(smtp.server), closed(imap)]);
    },
  };
}

/** Unlike those of a practice server that ran before. */
function idsFrom(startedAt: number): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${startedAt.toString(36)}.${count}`;
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
