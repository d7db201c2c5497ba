import { assertNever } from '#shared/util/index.ts';
import type { LetterBlock, LetterModel } from '../letter/letter-model.ts';
import { holdShortWords } from './break-lines.ts';
import { drawTable } from './draw-table.ts';
import type { FontFiles } from './letter-fonts.ts';
import { MARGIN, MILLIMETRE, Page, type TextStyle } from './page.ts';

export interface DrawnLetter {
  bytes: Buffer;
  pages: number;
}

const NORMAL: TextStyle = { size: 10.5 };
const SMALL: TextStyle = { size: 8, color: '#555555' };
const styles: Readonly<Record<'normal' | 'heading' | 'strong' | 'small', TextStyle>> = {
  normal: NORMAL,
  heading: { size: 13, bold: true },
  strong: { size: 10.5, bold: true },
  small: SMALL,
};
const LOGO_MOST = { width: 45 * MILLIMETRE, height: 18 * MILLIMETRE };
/** where a window envelope (DIN 5008 form B, C6/5) shows the address */
const ADDRESS_TOP = 50 * MILLIMETRE;
const ADDRESS_WIDTH = 85 * MILLIMETRE;

/** Draws a letter as PDF. The same letter has the same bytes. */
export async function drawLetter(letter: LetterModel, fonts: FontFiles): Promise<DrawnLetter> {
  const { paper, language, title, author, madeAt } = letter;
  const page = new Page({ paper, language, title, author, madeAt, fonts });
  const pieces: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    page.pdf.on('data', (piece: Buffer) => pieces.push(piece));
    page.pdf.on('end', resolve);
    page.pdf.on('error', reject);
  });
  drawHead(page, letter);
  drawAddress(page, letter);
  page.text(letter.subject, { size: 12.5, bold: true });
  page.y += 8;
  for (const block of letter.blocks) drawBlock(page, block, letter);
  const pages = page.pdf.bufferedPageRange().count;
  drawFooters(page, letter, pages);
  page.pdf.end();
  await ended;
  return { bytes: Buffer.concat(pieces), pages };
}

function drawHead(page: Page, { logo, head }: LetterModel): void {
  const logoHeight = logo === null ? 0 : drawLogo(page, logo);
  const [name = '', ...rest] = head;
  const width = logo === null ? page.width : page.width - LOGO_MOST.width - 12;
  let y = 12 * MILLIMETRE;
  for (const [text, style] of [
    [name, { size: 12, bold: true }],
    ...rest.map((line) => [line, SMALL] as const),
  ] as const) {
    for (const line of page.lines(text, width, style)) {
      page.line(line, page.left, y, width, 'left', style);
      y += page.lineHeight(style);
    }
  }
  page.y = Math.max(y, 12 * MILLIMETRE + logoHeight) + 4;
  page.rule(page.left, page.y, page.width);
}

/** @returns how high it is drawn, points */
function drawLogo(page: Page, logo: NonNullable<LetterModel['logo']>): number {
  const scale = Math.min(LOGO_MOST.width / logo.width, LOGO_MOST.height / logo.height, 1);
  const width = logo.width * scale;
  const x = page.left + page.width - width;
  page.pdf.image(Buffer.from(logo.base64, 'base64'), x, 12 * MILLIMETRE, {
    width,
    height: logo.height * scale,
  });
  return logo.height * scale;
}

function drawAddress(page: Page, letter: LetterModel): void {
  page.y = Math.max(page.y + 10, ADDRESS_TOP);
  const top = page.y;
  const right = page.left + ADDRESS_WIDTH + 10;
  const rightWidth = page.width - ADDRESS_WIDTH - 10;
  let aside = top;
  for (const text of [letter.dateLine, letter.referenceLine]) {
    for (const line of page.lines(text, rightWidth, NORMAL)) {
      page.line(line, right, aside, rightWidth, 'right', NORMAL);
      aside += page.lineHeight(NORMAL);
    }
  }
  for (const text of letter.recipient) {
    for (const line of page.lines(text, ADDRESS_WIDTH, NORMAL)) {
      page.line(line, page.left, page.y, ADDRESS_WIDTH, 'left', NORMAL);
      page.y += page.lineHeight(NORMAL);
    }
  }
  page.y = Math.max(page.y, aside) + 12 * MILLIMETRE;
}

function drawBlock(page: Page, block: LetterBlock, { language }: LetterModel): void {
  switch (block.kind) {
    case 'text': {
      const style = styles[block.style];
      // a heading stays with what follows it
      if (block.style === 'heading') page.need(3 * page.lineHeight(style));
      const text = language === 'pl' ? holdShortWords(block.text) : block.text;
      page.text(text, style, block.align);
      page.y += page.lineHeight(style) / 2;
      return;
    }
    case 'table':
      drawTable(page, block);
      return;
    case 'box':
      drawBox(page, block.rows);
      return;
    case 'signature':
      drawSignature(page, block.text);
      return;
    case 'space':
      page.y += block.millimetres * MILLIMETRE;
      if (page.y > page.bottom) page.next();
      return;
    case 'pageBreak':
      page.next();
      return;
    default:
      assertNever(block);
  }
}

function drawBox(page: Page, rows: readonly (readonly [label: string, value: string])[]): void {
  const padding = 7;
  const strong = styles.strong;
  const labelWidth = Math.max(...rows.map(([label]) => page.measure(label, NORMAL))) + 14;
  const valueWidth = page.width - labelWidth - 2 * padding;
  const drawn = rows.map(([label, value]) => ({
    label,
    lines: page.lines(value, valueWidth, strong),
  }));
  const lineHeight = page.lineHeight(NORMAL);
  const height = drawn.reduce((sum, { lines }) => sum + lines.length * lineHeight, 0) + 2 * padding;
  page.need(height + 8);
  page.pdf
    .rect(page.left, page.y, page.width, height)
    .lineWidth(0.8)
    .strokeColor('#555555')
    .stroke();
  let y = page.y + padding;
  for (const { label, lines } of drawn) {
    const [labelLine] = page.lines(label, labelWidth, NORMAL);
    if (labelLine) page.line(labelLine, page.left + padding, y, labelWidth, 'left', NORMAL);
    for (const line of lines) {
      page.line(line, page.left + padding + labelWidth, y, valueWidth, 'left', strong);
      y += lineHeight;
    }
  }
  page.y += height + lineHeight / 2;
}

function drawSignature(page: Page, text: string): void {
  const width = 70 * MILLIMETRE;
  const x = page.left + page.width - width;
  const lines = page.lines(text, width, NORMAL);
  page.need(22 * MILLIMETRE + lines.length * page.lineHeight(NORMAL));
  page.y += 16 * MILLIMETRE;
  page.rule(x, page.y, width);
  page.y += 3;
  for (const line of lines) {
    page.line(line, x, page.y, width, 'center', NORMAL);
    page.y += page.lineHeight(NORMAL);
  }
}

/** At the end, when the number of pages is known. */
function drawFooters(page: Page, letter: LetterModel, pages: number): void {
  const lines = letter.footer.flatMap((text) => page.lines(text, page.width, SMALL)).slice(0, 4);
  for (let at = 0; at < pages; at += 1) {
    page.pdf.switchToPage(at);
    let y = page.pdf.page.height - MARGIN.bottom + 10;
    page.rule(page.left, y, page.width, '#d5d8dc');
    y += 4;
    for (const line of lines) {
      page.line(line, page.left, y, page.width, 'center', SMALL);
      y += page.lineHeight(SMALL);
    }
    const number = letter.pageLine
      .replace('{{page}}', String(at + 1))
      .replace('{{pages}}', String(pages));
    const [line] = page.lines(number, page.width, SMALL);
    if (line) page.line(line, page.left, y, page.width, 'right', SMALL);
  }
}
