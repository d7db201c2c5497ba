const SPACE = 'http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4';

function envelope(transactionId: string, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${SPACE}">
<soap-env:Header><TransactionID soap-env:mustUnderstand="1">${transactionId}</TransactionID></soap-env:Header>
<soap-env:Body>${body}</soap-env:Body>
</soap-env:Envelope>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** without the sign, as centres write numbers */
function digits(number: string): string {
  return number.replace(/^\+/, '');
}

export function submitRsp(answer: {
  transactionId: string;
  code: number;
  text: string;
  id: string | null;
}): string {
  const id = answer.id === null ? '' : `<MessageID>${answer.id}</MessageID>`;
  const status = `<Status><StatusCode>${answer.code}</StatusCode><StatusText>${escaped(answer.text)}</StatusText></Status>`;
  return envelope(
    answer.transactionId,
    `<SubmitRsp><MM7Version>6.8.0</MM7Version>${status}${id}</SubmitRsp>`,
  );
}

export function deliveryReport(report: {
  transactionId: string;
  id: string;
  to: string;
  status: string;
  at: number;
}): string {
  return envelope(
    report.transactionId,
    `<DeliveryReportReq><MM7Version>6.8.0</MM7Version><MMSRelayServerID>practice</MMSRelayServerID>
<MessageID>${report.id}</MessageID><Recipient><Number>${digits(report.to)}</Number></Recipient>
<TimeStamp>${new Date(report.at).toISOString()}</TimeStamp><MMStatus>${report.status}</MMStatus></DeliveryReportReq>`,
  );
}

const BOUNDARY = 'practice-mmsc-boundary';

/** A message from a phone: its envelope and what is in it, in one multipart. */
export function deliverReq(message: {
  transactionId: string;
  linkedId: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  media: readonly { mediaType: string; bytes: Uint8Array }[];
  at: number;
}): { contentType: string; body: Buffer } {
  const xml = envelope(
    message.transactionId,
    `<DeliverReq><MM7Version>6.8.0</MM7Version><MMSRelayServerID>practice</MMSRelayServerID>
<LinkedID>${message.linkedId}</LinkedID><Sender><Number>${digits(message.from)}</Number></Sender>
<Recipients><To><Number>${digits(message.to)}</Number></To></Recipients>
<TimeStamp>${new Date(message.at).toISOString()}</TimeStamp><Subject>${escaped(message.subject)}</Subject>
<Content href="cid:content"/></DeliverReq>`,
  );
  const pictures = message.media.map(({ mediaType, bytes }, index) =>
    part(`${mediaType}; name="picture${index + 1}"`, `picture${index + 1}`, bytes),
  );
  const body = Buffer.concat([
    part('text/xml; charset="UTF-8"', 'envelope', Buffer.from(xml)),
    part('text/plain; charset="UTF-8"', 'text', Buffer.from(message.text)),
    ...pictures,
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);
  const contentType = `multipart/related; type="text/xml"; start="<envelope>"; boundary="${BOUNDARY}"`;
  return { contentType, body };
}

function part(contentType: string, id: string, bytes: Uint8Array): Buffer {
  const head = `--${BOUNDARY}\r\nContent-Type: ${contentType}\r\nContent-ID: <${id}>\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n')]);
}
