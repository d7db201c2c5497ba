import { XMLParser } from 'fast-xml-parser';

/** An element without its prefix: its text, attributes (`@name`) and children, one or many. */
export interface XmlNode {
  [name: string]: XmlNode | XmlNode[] | string | string[] | undefined;
}

const LONGEST_XML = 256 * 1024;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // entities can be made to grow without end: the five that XML has are read by us
  processEntities: false,
  trimValues: true,
});

/** @returns null when it is no XML, is too long, or declares anything of its own */
export function parseXml(text: string): XmlNode | null {
  if (text.length > LONGEST_XML || /<!(DOCTYPE|ENTITY)/i.test(text)) return null;
  try {
    const parsed: unknown = parser.parse(text, true);
    return typeof parsed === 'object' && parsed !== null ? (parsed as XmlNode) : null;
  } catch {
    return null;
  }
}

/** The first child of this name that has children or attributes. */
export function child(node: XmlNode | null, name: string): XmlNode | null {
  const value = first(node?.[name]);
  return typeof value === 'object' ? value : null;
}

/** The text of the first child of this name; null when there is none, or it is empty. */
export function textOf(node: XmlNode | null, name: string): string | null {
  const value = first(node?.[name]);
  const text = typeof value === 'object' ? first(value['#text']) : value;
  return typeof text === 'string' && text.trim() !== '' ? unescapeXml(text.trim()) : null;
}

function first<Value>(value: Value | Value[] | undefined): Value | undefined {
  return Array.isArray(value) ? value[0] : value;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function unescapeXml(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** What XML 1.0 does not allow at all is left out. @see XML 1.0 §2.2 */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
