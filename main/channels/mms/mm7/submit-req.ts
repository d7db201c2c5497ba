import { randomBytes } from 'node:crypto';
import type { SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import type { OutgoingMedia, OutgoingMessage } from '../../types.ts';
import { writeMultipart } from './multipart.ts';
import { writeEnvelope } from './soap.ts';
import { escapeXml } from './xml.ts';

export interface Mm7Request {
  contentType: string;
  body: Buffer;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
};

interface Slide {
  id: string;
  name: string;
  contentType: string;
  kind: 'img' | 'text';
  bytes: Uint8Array;
}

/**
 * A message as SubmitReq: the envelope, and a multipart of presentation, pictures and text.
 * @param now epoch ms
 * @see 3GPP TS 23.140 §8.7.2, §8.7.8.1
 */
export function submitReq(
  message: OutgoingMessage,
  settings: SettingsOf<'mm7'>,
  now: number,
): Mm7Request {
  const unique = randomBytes(12).toString('hex');
  const contentId = `content-${unique}`;
  const xml = writeEnvelope(
    'SubmitReq',
    message.messageId,
    submitElements(message, settings, now, contentId),
    settings,
  );
  const content = presentation(message, `inner-${unique}`);
  const boundary = `mm7-${unique}`;
  const body = writeMultipart(
    [
      {
        headers: { 'Content-Type': 'text/xml; charset=utf-8', 'Content-ID': '<mm7-submit>' },
        bytes: Buffer.from(xml),
      },
      {
        headers: { 'Content-Type': content.contentType, 'Content-ID': `<${contentId}>` },
        bytes: content.body,
      },
    ],
    boundary,
  );
  return {
    contentType: `multipart/related; boundary="${boundary}"; type="text/xml"; start="<mm7-submit>"`,
    body,
  };
}

/** In the order of the schema, which some centres insist on. */
function submitElements(
  { to, sender, subject, validityMs }: OutgoingMessage,
  settings: SettingsOf<'mm7'>,
  now: number,
  contentId: string,
): string {
  const { vaspId, vasId, senders, validityMinutes } = settings;
  const expiresAt = now + (validityMs ?? validityMinutes * 60_000);
  return [
    '<SenderIdentification>',
    optional('VASPID', vaspId),
    optional('VASID', vasId),
    senderAddress(sender ?? senders[0] ?? null),
    '</SenderIdentification>',
    `<Recipients><To><Number>${escapeXml(to.replace(/^\+/, ''))}</Number></To></Recipients>`,
    '<MessageClass>Informational</MessageClass>',
    `<TimeStamp>${instant(now)}</TimeStamp>`,
    `<ExpiryDate>${instant(expiresAt)}</ExpiryDate>`,
    '<DeliveryReport>true</DeliveryReport><ReadReply>true</ReadReply><Priority>Normal</Priority>',
    optional('Subject', subject),
    `<Content href="cid:${contentId}" allowAdaptations="true"/>`,
  ].join('');
}

function optional(name: string, value: string): string {
  return value === '' ? '' : `<${name}>${escapeXml(value)}</${name}>`;
}

/** A name travels as a short code, which is any text. */
function senderAddress(sender: string | null): string {
  if (sender === null) return '';
  const inside = sender.startsWith('+')
    ? `<Number>${sender.slice(1)}</Number>`
    : `<ShortCode>${escapeXml(sender)}</ShortCode>`;
  return `<SenderAddress>${inside}</SenderAddress>`;
}

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** One slide for each picture, the text with the first of them. */
function presentation({ text, media }: OutgoingMessage, boundary: string): Mm7Request {
  const slides = [...media.map(pictureSlide), ...(text === '' ? [] : [textSlide(text)])];
  const parts = slides.map(({ id, name, contentType, bytes }) => ({
    headers: {
      'Content-Type': `${contentType}; name="${name}"`,
      'Content-ID': `<${id}>`,
      'Content-Location': name,
      'Content-Transfer-Encoding': 'base64',
    },
    bytes: base64Lines(bytes),
  }));
  const smil = {
    headers: { 'Content-Type': 'application/smil; charset=utf-8', 'Content-ID': '<smil>' },
    bytes: Buffer.from(smilOf(slides)),
  };
  return {
    contentType: `multipart/related; boundary="${boundary}"; type="application/smil"; start="<smil>"`,
    body: writeMultipart([smil, ...parts], boundary),
  };
}

function pictureSlide({ mediaType, bytes }: OutgoingMedia, index: number): Slide {
  const name = `picture${index + 1}.${EXTENSIONS[mediaType] ?? 'bin'}`;
  return { id: name, name, contentType: mediaType, kind: 'img', bytes };
}

function textSlide(text: string): Slide {
  const contentType = 'text/plain; charset=utf-8';
  return { id: 'text.txt', name: 'text.txt', contentType, kind: 'text', bytes: Buffer.from(text) };
}

/** @see W3C SMIL 2.1, MMS SMIL (OMA-TS-MMS-CONF §8) */
function smilOf(slides: readonly Slide[]): string {
  const pictures = slides.filter(({ kind }) => kind === 'img');
  const [text] = slides.filter(({ kind }) => kind === 'text');
  const first = text === undefined ? '' : `<text src="${text.name}" region="Text"/>`;
  const rows =
    pictures.length === 0
      ? [first]
      : pictures.map(
          ({ name }, index) => `<img src="${name}" region="Image"/>${index === 0 ? first : ''}`,
        );
  return (
    '<smil><head><layout><root-layout/>' +
    '<region id="Image" top="0" left="0" height="70%" width="100%" fit="meet"/>' +
    '<region id="Text" top="70%" left="0" height="30%" width="100%" fit="scroll"/>' +
    `</layout></head><body>${rows.map((row) => `<par dur="10s">${row}</par>`).join('')}</body></smil>`
  );
}

function base64Lines(bytes: Uint8Array): Buffer {
  const text = Buffer.from(bytes).toString('base64');
  return Buffer.from(text.replaceAll(/.{76}(?=.)/g, '$&\r\n'));
}
