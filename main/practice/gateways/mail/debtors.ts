import PostalMime from 'postal-mime';
import type { Clock } from '#shared/util/index.ts';
import { behaviourOf, type MessageBehaviour } from '../behaviour.ts';
import {
  awayMail,
  type DeliveryReport,
  displayedMail,
  replyMail,
  reportMail,
  type TakenMail,
} from './debtor-mails.ts';
import type { PracticeMailbox } from './mailbox.ts';

/** A mail as the submission server took it. */
export interface Submission {
  from: string;
  to: string;
  envelopeId: string | null;
  /** words of NOTIFY (RFC 3461 §4.1); empty: failures alone */
  notify: readonly string[];
  raw: Buffer;
}

const reports: Readonly<Record<'unknownAddress' | 'refused' | 'expired', DeliveryReport>> = {
  unknownAddress: {
    action: 'failed',
    status: '5.1.1',
    diagnostic: '550 5.1.1 Recipient address rejected: User unknown in virtual mailbox table',
  },
  refused: {
    action: 'failed',
    status: '5.7.1',
    diagnostic: '550 5.7.1 Message refused by the policy of the recipient',
  },
  expired: {
    action: 'failed',
    status: '4.4.7',
    diagnostic: '451 4.4.7 Delivery time expired: the other end did not answer',
  },
};
const delivered: DeliveryReport = {
  action: 'delivered',
  status: '2.0.0',
  diagnostic: '250 2.0.0 delivered to mailbox',
};
/** After the report of success: nobody reads a mail before it is there. */
const READ_AFTER_MS = 400;

export interface DebtorsParts {
  mailbox: PracticeMailbox;
  seed: number;
  clock: Clock;
  nextId(): string;
}

/**
 * Everybody that a practice mail is sent to: as `behaviourOf` says for the address. A name that begins with `away` answers
 * that it is out of the office; who is asked for a read receipt and answers sends one.
 */
export class PracticeMailDebtors {
  #parts: DebtorsParts;
  #timers = new Set<() => void>();

  constructor(parts: DebtorsParts) {
    this.#parts = parts;
  }

  async take(submission: Submission): Promise<void> {
    const taken = await readTaken(submission);
    const behaviour = behaviourOf(taken.to, taken.text, this.#parts.seed);
    const report = reportOf(behaviour, submission.notify);
    if (report !== null)
      this.#later(behaviour.afterMs, (mark) => Promise.resolve(reportMail(taken, report, mark)));
    const { reply } = behaviour;
    if (reply !== null) this.#later(reply.afterMs, (mark) => replyMail(taken, reply.text, mark));
    if (reply !== null && /^disposition-notification-to:/im.test(headOf(submission.raw)))
      this.#later(behaviour.afterMs + READ_AFTER_MS, (mark) =>
        Promise.resolve(displayedMail(taken, mark)),
      );
    if (behaviour.outcome === 'delivered' && /^away/i.test(taken.to))
      this.#later(behaviour.afterMs, (mark) => awayMail(taken, mark));
  }

  stop(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #later(delayMs: number, write: (mark: { at: number; id: string }) => Promise<Buffer>): void {
    const { clock, mailbox, nextId } = this.#parts;
    const cancel = clock.setTimer(delayMs, () => {
      this.#timers.delete(cancel);
      const at = clock.now();
      void write({ at, id: nextId() }).then((raw) => mailbox.add(raw, at));
    });
    this.#timers.add(cancel);
  }
}

function reportOf(
  { outcome, failure }: MessageBehaviour,
  notify: readonly string[],
): DeliveryReport | null {
  if (notify.includes('NEVER')) return null;
  if (outcome === 'delivered') return notify.includes('SUCCESS') ? delivered : null;
  if (outcome === 'silent' || (notify.length > 0 && !notify.includes('FAILURE'))) return null;
  return outcome === 'expired' ? reports.expired : reports[failure ?? 'refused'];
}

async function readTaken({ from, to, envelopeId, raw }: Submission): Promise<TakenMail> {
  const email = await PostalMime.parse(raw);
  return {
    from,
    to,
    envelopeId,
    raw,
    headerId: email.messageId ?? '',
    subject: email.subject ?? '',
    text: email.text ?? '',
    references: email.references?.match(/<[^<>\s]+>/g) ?? [],
  };
}

function headOf(raw: Buffer): string {
  return raw.toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? '';
}
