import type { Receipt } from '../../types.ts';
import { ourMessageId, readHeaderIds } from '../compose/message-ids.ts';
import { readReportStatus } from '../status-code.ts';
import { failed, returnedMessage } from './delivery-report.ts';
import type { ParsedMail } from './parse-mail.ts';

const daemon = /^(?:mailer-daemon|postmaster|mail-daemon|double-bounce|mdaemon)(?:[+.@]|$)/i;
const failureSubject =
  /undeliver|delivery (?:status notification|failure|failed|has failed)|failure notice|mail delivery failed|returned mail|returning message to sender|nie dostarczono|niedostarcz|zwrot wiadomości|недоставлен|не доставлен|不能投递|退信|无法投递/i;
const failureText =
  /could ?n[o']t be delivered|could not be delivered|was not delivered|undeliverable|delivery (?:has )?failed|permanent (?:fatal )?error|fatal errors|wasn'?t able to deliver|unable to deliver|nie mog(?:ła|ło|li) (?:zostać|być) dostarczon|не удалось доставить|无法投递|投递失败/i;
const stillTrying =
  /will (?:be )?(?:keep|continue|retr)|still being retried|warning only|do not need to re-?send|no action is required|delayed/i;

/**
 * A bounce without the standard form: qmail, Exim of old, home-made systems. Read with care, for a wrong one would close a
 * debtor's address: it comes from a mail system or from nobody, it says so in its subject or text, and it holds the
 * Message-ID of a message of ours.
 * @returns null when it is none
 */
export function readPlainBounce(mail: ParsedMail): Receipt[] | null {
  if (!isFromMachine(mail)) return null;
  if (!failureSubject.test(mail.subject) && !failureText.test(mail.text.slice(0, 5_000)))
    return null;
  const messageId = namedMessage(mail);
  if (messageId === null) return null;
  const { notice, status } = readNotice(mail.text);
  // "will keep trying" may stand below "could not be delivered yet"
  if (stillTrying.test(notice) && status?.class !== 5) return [];
  return [
    {
      kind: 'receipt',
      providerId: null,
      messageId,
      // words alone count as "for good": who gives the mail back has given up
      ...failed(status ?? { class: 5, enhanced: null, basic: null, text: notice }),
      hint: false,
      code: status === null ? null : (status.enhanced ?? String(status.basic)),
      at: mail.date,
    },
  ];
}

function isFromMachine(mail: ParsedMail): boolean {
  const fromNobody = mail.header('return-path').some((path) => /^\s*<\s*>\s*$/.test(path));
  return fromNobody || daemon.test(mail.from) || mail.header('x-failed-recipients').length > 0;
}

/** In what is returned with it, in what it answers, or among the headers copied below its text. */
function namedMessage(mail: ParsedMail): string | null {
  // white space within a line only: over line ends, a text of empty lines would be searched through for each of them
  const copied = /^[> \t]*message-id:\s{0,10}(<[^<>\s]{1,900}>)/im.exec(mail.text)?.[1];
  const named = [...readHeaderIds(copied ?? '', 1), ...mail.references].map(ourMessageId);
  return returnedMessage(mail.parts) ?? named.find((id) => id !== null) ?? null;
}

/** What the system says, above the copy of our mail, which may hold any words. */
function readNotice(text: string) {
  const copy =
    /^.{0,20}(?:below this line is a copy|this is a copy of the message|original message|forwarded message|return-path:|received:|message-id:)/im;
  const notice = text.slice(0, copy.exec(text)?.index ?? 5_000).slice(0, 5_000);
  const words = notice.replaceAll(/\s+/g, ' ');
  return { notice: words, status: readReportStatus('', words) };
}
