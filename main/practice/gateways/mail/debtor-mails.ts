import MailComposer from 'nodemailer/lib/mail-composer';

/** What a practice debtor, or a server on the way, needs of a mail that came. */
export interface TakenMail {
  from: string;
  to: string;
  /** Message-ID with its angle brackets; '' when it has none */
  headerId: string;
  subject: string;
  text: string;
  references: readonly string[];
  /** of RFC 3461; null: none was given */
  envelopeId: string | null;
  raw: Buffer;
}

export interface WrittenMail {
  at: number;
  /** makes a Message-ID */
  id: string;
}

const domain = 'practice-mail.test';

/** The debtor's answer, with what it answers below it, as programs for mail do it. */
export function replyMail(
  taken: TakenMail,
  text: string,
  { at, id }: WrittenMail,
): Promise<Buffer> {
  const quote = taken.text
    .trim()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
  return build({
    from: taken.to,
    to: taken.from,
    subject: /^re:/i.test(taken.subject) ? taken.subject : `Re: ${taken.subject}`,
    text: `${text}\n\nOn ${new Date(at).toUTCString()}, ${taken.from} wrote:\n${quote}\n`,
    messageId: `<${id}@${domain}>`,
    date: new Date(at),
    inReplyTo: taken.headerId,
    references: [...taken.references, taken.headerId],
  });
}

/** RFC 3834 §3 */
export function awayMail(taken: TakenMail, { at, id }: WrittenMail): Promise<Buffer> {
  return build({
    from: taken.to,
    to: taken.from,
    subject: `Automatic reply: ${taken.subject}`,
    text: 'I am away and read my mail again on Monday. Please stop by then.\n',
    messageId: `<${id}@${domain}>`,
    date: new Date(at),
    inReplyTo: taken.headerId,
    references: [taken.headerId],
    headers: { 'Auto-Submitted': 'auto-replied', Precedence: 'bulk' },
  });
}

export interface DeliveryReport {
  action: 'delivered' | 'failed';
  /** RFC 3463 */
  status: string;
  diagnostic: string;
}

/** RFC 3464, with the head of the mail that it is about */
export function reportMail(
  taken: TakenMail,
  report: DeliveryReport,
  { at, id }: WrittenMail,
): Buffer {
  const good = report.action === 'delivered';
  const boundary = `report-${id}`;
  const head = taken.raw.toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? '';
  const lines = [
    'Return-Path: <>',
    `From: Mail Delivery System <MAILER-DAEMON@${domain}>`,
    `To: ${taken.from}`,
    `Subject: ${good ? 'Successful Mail Delivery Report' : 'Undelivered Mail Returned to Sender'}`,
    `Date: ${rfcDate(at)}`,
    `Message-ID: <${id}@${domain}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    good
      ? 'Your message was successfully delivered to the destination(s) listed below.'
      : 'Your message could not be delivered to the recipient below.',
    '',
    `<${taken.to}>: ${report.diagnostic}`,
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; ${domain}`,
    ...(taken.envelopeId === null ? [] : [`Original-Envelope-Id: ${taken.envelopeId}`]),
    `Arrival-Date: ${rfcDate(at)}`,
    '',
    `Final-Recipient: rfc822; ${taken.to}`,
    `Action: ${report.action}`,
    `Status: ${report.status}`,
    `Diagnostic-Code: smtp; ${report.diagnostic}`,
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    head.replaceAll(/\r?\n/g, '\r\n'),
    '',
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

/** RFC 8098: the debtor's program says that the mail was displayed. */
export function displayedMail(taken: TakenMail, { at, id }: WrittenMail): Buffer {
  const boundary = `mdn-${id}`;
  const lines = [
    `From: ${taken.to}`,
    `To: ${taken.from}`,
    'Subject: Read receipt',
    `Date: ${rfcDate(at)}`,
    `Message-ID: <${id}@${domain}>`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=disposition-notification; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    'The message that you sent was displayed. This says nothing about its being read.',
    '',
    `--${boundary}`,
    'Content-Type: message/disposition-notification',
    '',
    `Final-Recipient: rfc822; ${taken.to}`,
    `Original-Message-ID: ${taken.headerId}`,
    'Disposition: manual-action/MDN-sent-manually; displayed',
    '',
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

function rfcDate(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

function build(mail: ConstructorParameters<typeof MailComposer>[0]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    new MailComposer({ ...mail, newline: 'windows' })
      .compile()
      .build((error, raw) => (error ? reject(error) : resolve(raw)));
  });
}
