import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  name: string;
  content: string | Buffer;
  /** what the directory says of its inflated size; its real size, when absent */
  declaredSize?: number;
}

/** A zip file (APPNOTE 4.3): every member deflated, then the central directory. */
export function zipOf(members: readonly ZipMember[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declaredSize } of members) {
    const bytes = Buffer.from(content as string);
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x0800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(declaredSize ?? bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, tail, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\x05\x06'), end]);
}

/** A cell as a spreadsheet keeps it. */
export type FixtureCell =
  | string
  | number
  | null
  | {
      value?: string | number;
      type?: string;
      style?: number;
      formula?: string;
      inline?: string;
    };

export interface FixtureSheet {
  name: string;
  state?: 'hidden';
  /** by row number: missing rows are not in the file */
  rows: Readonly<Record<number, readonly FixtureCell[]>>;
  merged?: string;
}

/** Styles of the fixture: 1 a date, 2 date and time, 3 `0.00`, 4 eleven digits, 5 `00-000`, 6 `#,##0.00 "zł"`. */
const STYLES = `<?xml version="1.0" encoding="UTF-8"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="4"><numFmt numFmtId="164" formatCode="00000000000"/><numFmt numFmtId="165" formatCode="00\\-000"/>
<numFmt numFmtId="166" formatCode="#,##0.00\\ &quot;zł&quot;"/><numFmt numFmtId="167" formatCode="[$-415]d\\ mmm\\ yyyy;@"/></numFmts>
<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="2"/><xf numFmtId="164"/>
<xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs></styleSheet>`;

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a workbook as Excel writes them: texts of cells are shared strings. */
export function workbookParts(
  sheets: readonly FixtureSheet[],
  options: { date1904?: boolean } = {},
): ZipMember[] {
  const shared: string[] = [];
  const bodies = sheets.map((sheet) => sheetXml(sheet, shared));
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${DOCUMENT}/${type}" Target="${target}"/>`;
  const ids = sheets.map((_sheet, index) =>
    relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`),
  );
  const list = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${escapeXml(name)}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`,
  );
  return [
    { name: '[Content_Types].xml', content: '<Types/>' },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${RELATIONS}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook ${MAIN} xmlns:r="${DOCUMENT}"><workbookPr${options.date1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="${RELATIONS}">${ids.join('')}${relation('rIdS', 'styles', 'styles.xml')}${relation('rIdT', 'sharedStrings', '/xl/sharedStrings.xml')}</Relationships>`,
    },
    { name: 'xl/styles.xml', content: STYLES },
    {
      name: 'xl/sharedStrings.xml',
      content: `<sst ${MAIN}>${shared.map((text) => `<si>${text.startsWith('<') ? text : `<t xml:space="preserve">${escapeXml(text)}</t>`}</si>`).join('')}</sst>`,
    },
    ...bodies.map((content, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content })),
  ];
}

export function xlsxOf(
  sheets: readonly FixtureSheet[],
  options: { date1904?: boolean } = {},
): Buffer {
  return zipOf(workbookParts(sheets, options));
}

function sheetXml({ rows, merged }: FixtureSheet, shared: string[]): string {
  const body = Object.entries(rows).map(
    ([number, cells]) =>
      `<row r="${number}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${number}`, shared)).join('')}</row>`,
  );
  const areas = merged === undefined ? '' : `<mergeCells><mergeCell ref="${merged}"/></mergeCells>`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet ${MAIN}><sheetData>${body.join('')}</sheetData>${areas}</worksheet>`;
}

function cellXml(cell: FixtureCell, place: string, shared: string[]): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === 'string') {
    return `<c r="${place}" t="s"><v>${shared.push(cell) - 1}</v></c>`;
  }
  const { value, type, style, formula, inline } = cell;
  const attributes = `${style === undefined ? '' : ` s="${style}"`}${type === undefined ? '' : ` t="${type}"`}`;
  if (inline !== undefined) {
    return `<c r="${place}" t="inlineStr"><is>${inline}</is></c>`;
  }
  const parts = [
    formula === undefined ? '' : `<f>${escapeXml(formula)}</f>`,
    value === undefined ? '' : `<v>${escapeXml(String(value))}</v>`,
  ];
  return `<c r="${place}"${attributes}>${parts.join('')}</c>`;
}

function letters(column: number): string {
  const first = column >= 26 ? String.fromCharCode(64 + Math.floor(column / 26)) : '';
  return first + String.fromCharCode(65 + (column % 26));
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
