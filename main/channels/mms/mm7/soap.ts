import type { SettingsOf } from '#shared/contract/gateway-settings.schema.ts';
import { child, escapeXml, parseXml, textOf, type XmlNode } from './xml.ts';

/** What stands in an envelope. */
export interface Mm7Message {
  /** `SubmitRsp`, `DeliverReq`, …, or `Fault` */
  name: string;
  body: XmlNode;
  transactionId: string | null;
}

export type Mm7Dialect = Pick<SettingsOf<'mm7'>, 'namespace' | 'version'>;

/**
 * A SOAP 1.1 envelope around one message of MM7.
 * @param content XML of what the message holds, without its version
 * @see 3GPP TS 23.140 §8.7.8
 */
export function writeEnvelope(
  name: string,
  transactionId: string,
  content: string,
  { namespace, version }: Mm7Dialect,
): string {
  const space = escapeXml(namespace);
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Header>' +
    `<mm7:TransactionID xmlns:mm7="${space}" env:mustUnderstand="1">${escapeXml(transactionId)}</mm7:TransactionID>` +
    `</env:Header><env:Body><${name} xmlns="${space}"><MM7Version>${escapeXml(version)}</MM7Version>` +
    `${content}</${name}></env:Body></env:Envelope>`
  );
}

/** @returns null: it is no envelope with a message in it */
export function readEnvelope(xml: string): Mm7Message | null {
  const envelope = child(parseXml(xml), 'Envelope');
  const body = child(envelope, 'Body');
  if (body === null) return null;
  const name = Object.keys(body).find((key) => !/^[@#]/.test(key));
  if (name === undefined) return null;
  const transactionId = textOf(child(envelope, 'Header'), 'TransactionID');
  return { name, body: child(body, name) ?? {}, transactionId };
}

export interface Mm7Status {
  /** null: the answer has none */
  code: number | null;
  text: string | null;
}

/** Of an answer: in `Status` since release 6, beside the other elements before, in the detail of a fault. */
export function readStatus({ name, body }: Mm7Message): Mm7Status {
  const holders = [child(body, 'Status'), body];
  if (name === 'Fault') {
    const error =
      child(child(body, 'detail'), 'RSErrorRsp') ?? child(child(body, 'detail'), 'VASPErrorRsp');
    holders.push(child(error, 'Status'), error);
  }
  for (const holder of holders) {
    const code = textOf(holder, 'StatusCode');
    if (code !== null && /^\d+$/.test(code)) {
      return { code: Number(code), text: textOf(holder, 'StatusText') };
    }
  }
  return { code: null, text: textOf(body, 'faultstring') };
}
