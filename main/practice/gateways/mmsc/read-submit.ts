import PostalMime from 'postal-mime';
import type { SubmittedMms } from './mmsc-types.ts';

/**
 * Reads a SubmitReq with a parser of e-mails: not with what the product's own MM7 code uses, so that neither can be wrong
 * in the same way.
 * @returns null when there is no envelope in it
 */
export async function readSubmit(
  contentType: string,
  body: Buffer,
): Promise<Omit<SubmittedMms, 'id'> | null> {
  const head = Buffer.from(`MIME-Version: 1.0\r\nContent-Type: ${contentType}\r\n\r\n`);
  const parser = new PostalMime({
    attachmentEncoding: 'arraybuffer',
    forceRfc822Attachments: true,
  });
  const mail = await parser.parse(Buffer.concat([head, body]));
  const parts = mail.attachments.map(({ mimeType, content }) => ({
    mediaType: mimeType,
    bytes: Buffer.from(content as ArrayBuffer),
  }));
  const xml = textOf(parts, 'text/xml');
  if (!xml.includes('SubmitReq')) return null;
  const smil = textOf(parts, 'application/smil');
  return {
    xml,
    smil,
    transactionId: element(xml, 'TransactionID'),
    vaspId: element(xml, 'VASPID'),
    to: `+${element(element(xml, 'To'), 'Number')}`,
    sender: element(xml, 'SenderAddress').replaceAll(/<[^>]*>/g, ''),
    subject: element(xml, 'Subject'),
    text: textOf(parts, 'text/plain') || (mail.text ?? '').trim(),
    media: parts.filter(({ mediaType }) => !/^(text\/|application\/smil)/.test(mediaType)),
    wantsReport: element(xml, 'DeliveryReport') === 'true',
  };
}

function textOf(parts: readonly { mediaType: string; bytes: Buffer }[], type: string): string {
  return parts.find(({ mediaType }) => mediaType === type)?.bytes.toString('utf8') ?? '';
}

/** What stands between the tags of the first element of this name, with any prefix. */
export function element(xml: string, name: string): string {
  const match = new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([\\s\\S]*?)</(?:\\w+:)?${name}>`).exec(
    xml,
  );
  return (match?.[1] ?? '')
    .trim()
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
