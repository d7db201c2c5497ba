import { AppError } from '#shared/errors/index.ts';
import { builtInFormat, type NumberFormat, parseFormat } from './number-formats.ts';
import { readWholeXml, unescapeText } from './read-xml.ts';
import { asUnreadable, ZipParts } from './zip-parts.ts';

export interface Sheet {
  name: string;
  /** name of its part */
  part: string;
  isHidden: boolean;
}

/** What is known of a workbook before its sheets are read. */
export interface Workbook {
  parts: ZipParts;
  sheets: Sheet[];
  is1904: boolean;
  /** of cells, by their style number */
  formats: NumberFormat[];
  sharedStrings: string[];
}

/** Characters of shared strings that are held in memory: beyond it a file is refused, not the machine slowed. */
const MAX_SHARED_CHARACTERS = 96 * 1024 * 1024;

/**
 * Opens an Office Open XML workbook (ECMA-376) and reads what its sheets refer to, unless only their names are wanted.
 * @throws AppError `import.unreadable`, `import.too-large`, `import.encrypted`
 */
export async function openWorkbook(
  path: string,
  options: { namesOnly?: boolean } = {},
): Promise<Workbook> {
  const parts = await ZipParts.open(path);
  try {
    const relations = await readRelations(parts, '_rels/.rels', '');
    const main = [...relations.values()].find(({ type }) => type.endsWith('/officeDocument'));
    if (!main || !/workbook[^/]*\.xml$/i.test(main.target)) {
      throw new AppError('import.unreadable', 'this is no spreadsheet of the XLSX format');
    }
    const book = await readWorkbookPart(parts, main.target);
    const target = (suffix: string) =>
      [...book.relations.values()].find(({ type }) => type.endsWith(suffix))?.target;
    const styles = options.namesOnly ? undefined : target('/styles');
    const strings = options.namesOnly ? undefined : target('/sharedStrings');
    return {
      parts,
      sheets: book.sheets,
      is1904: book.is1904,
      formats: styles === undefined ? [] : await readFormats(parts, styles),
      sharedStrings: strings === undefined ? [] : await readSharedStrings(parts, strings),
    };
  } catch (error) {
    parts.close();
    throw asUnreadable(error);
  }
}

interface Relation {
  type: string;
  target: string;
}

async function readRelations(
  parts: ZipParts,
  part: string,
  folder: string,
): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  if (!parts.has(part)) return relations;
  await readWholeXml(await parts.held(part), {
    open(name, { Id = '', Type = '', Target = '', TargetMode }) {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      relations.set(Id, { type: Type, target: resolveTarget(folder, Target) });
    },
    close() {},
    text() {},
  });
  return relations;
}

function resolveTarget(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path = folder === '' ? [] : folder.split('/');
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.') path.push(step);
  }
  return path.join('/');
}

async function readWorkbookPart(parts: ZipParts, part: string) {
  const slash = part.lastIndexOf('/');
  const folder = slash === -1 ? '' : part.slice(0, slash);
  const file = part.slice(slash + 1);
  const relations = await readRelations(
    parts,
    `${folder === '' ? '' : `${folder}/`}_rels/${file}.rels`,
    folder,
  );
  const sheets: Sheet[] = [];
  let is1904 = false;
  await readWholeXml(await parts.held(part), {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const id =
        attributes['r:id'] ?? Object.entries(attributes).find(([key]) => /:id$/.test(key))?.[1];
      const relation = relations.get(id ?? '');
      // sheets of charts and dialogs hold no cells
      if (!relation?.type.endsWith('/worksheet')) return;
      const isHidden = attributes.state !== undefined && attributes.state !== 'visible';
      sheets.push({ name: attributes.name ?? '', part: relation.target, isHidden });
    },
    close() {},
    text() {},
  });
  return { relations, sheets, is1904 };
}

async function readFormats(parts: ZipParts, part: string): Promise<NumberFormat[]> {
  if (!parts.has(part)) return [];
  const own = new Map<number, NumberFormat>();
  const formats: NumberFormat[] = [];
  let inCellFormats = false;
  await readWholeXml(await parts.held(part), {
    open(name, attributes) {
      if (name === 'cellXfs') inCellFormats = true;
      if (name === 'numFmt') {
        own.set(Number(attributes.numFmtId), parseFormat(attributes.formatCode ?? ''));
      }
      if (name !== 'xf' || !inCellFormats) return;
      const id = Number(attributes.numFmtId ?? 0);
      formats.push(own.get(id) ?? builtInFormat(id));
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
    text() {},
  });
  return formats;
}

async function readSharedStrings(parts: ZipParts, part: string): Promise<string[]> {
  if (!parts.has(part)) return [];
  const strings: string[] = [];
  const collector = new TextRuns();
  let characters = 0;
  await readWholeXml(await parts.held(part), {
    open(name) {
      if (name === 'si') collector.begin();
      else collector.open(name);
    },
    close(name) {
      if (name !== 'si') return collector.close(name);
      const text = collector.end();
      characters += text.length;
      if (characters > MAX_SHARED_CHARACTERS) {
        throw new AppError('import.too-large', 'the spreadsheet holds too much text');
      }
      strings.push(text);
    },
    text: (text) => collector.text(text),
  });
  return strings;
}

/** Puts the runs of a rich text together; how it is pronounced (`rPh`) is not part of it. */
export class TextRuns {
  #text = '';
  #isOpen = false;
  #isPhonetic = false;

  begin(): void {
    this.#text = '';
  }

  open(name: string): void {
    if (name === 'rPh') this.#isPhonetic = true;
    if (name === 't') this.#isOpen = !this.#isPhonetic;
  }

  close(name: string): void {
    if (name === 'rPh') this.#isPhonetic = false;
    if (name === 't') this.#isOpen = false;
  }

  text(text: string): void {
    if (this.#isOpen) this.#text += text;
  }

  end(): string {
    return unescapeText(this.#text);
  }
}
