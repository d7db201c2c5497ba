import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { AppError } from '#shared/errors/index.ts';

export interface XmlHandlers {
  /** @param name without its prefix: some programs write `x:row` */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
}

/** No element of a workbook nests deeper. */
const MAX_DEPTH = 64;

/**
 * Feeds an XML stream to handlers piece by piece; after each piece the reader may take what has come together. Entities
 * beyond the five of XML are errors, so nothing can be expanded without end.
 * @param onRead told how many bytes have been read so far
 * @throws AppError `import.unreadable` where it is not XML
 */
export async function* readXml(
  stream: Readable,
  handlers: XmlHandlers,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<void> {
  const parser = new SaxesParser<{ xmlns?: false; position: false }>({ position: false });
  let depth = 0;
  parser.on('error', (error) => {
    throw new AppError('import.unreadable', `the spreadsheet is damaged: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new AppError('import.unreadable', 'the spreadsheet holds a document type');
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > MAX_DEPTH) throw new AppError('import.unreadable', 'the spreadsheet is damaged');
    handlers.open(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    handlers.close(localName(tag.name));
  });
  parser.on('text', (text) => handlers.text(text));
  parser.on('cdata', (text) => handlers.text(text));
  const decoder = new TextDecoder('utf-8');
  let read = 0;
  for await (const bytes of stream) {
    parser.write(decoder.decode(bytes as Buffer, { stream: true }));
    read += (bytes as Buffer).length;
    onRead(read);
    yield;
  }
  parser.write(decoder.decode());
  parser.close();
  yield;
}

/** The whole of a small part. */
export async function readWholeXml(stream: Readable, handlers: XmlHandlers): Promise<void> {
  for await (const _piece of readXml(stream, handlers));
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** `_x000D_` stands for a character that XML cannot hold (ECMA-376 part 1, §22.9.2.19). */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
