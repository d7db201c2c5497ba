import PDFDocument from 'pdfkit';
import { breakLines, type Line } from './break-lines.ts';
import type { FontFiles } from './letter-fonts.ts';
import { type FontMeter, type FontName, runsOf, widthOf } from './text-runs.ts';

export const MILLIMETRE = 72 / 25.4;
export const MARGIN = {
  left: 25 * MILLIMETRE,
  right: 20 * MILLIMETRE,
  top: 20 * MILLIMETRE,
  bottom: 28 * MILLIMETRE,
};
const LINE_HEIGHT = 1.38;
/** Noto Sans: from the baseline to the top of a line, in parts of the size */
const ASCENT = 1.0;

export interface TextStyle {
  size: number;
  bold?: boolean;
  color?: string;
}

export interface PageOptions {
  paper: 'A4' | 'LETTER';
  language: string;
  title: string;
  author: string;
  madeAt: number;
  fonts: FontFiles;
}

type Align = 'left' | 'center' | 'right' | 'justify';

/** pdfkit's current font, of which its types say nothing. */
interface OpenFont {
  font: { hasGlyphForCodePoint(codePoint: number): boolean };
}

/** Paper with a pen: text in lines that it breaks itself, and new pages when one is full. */
export class Page {
  readonly pdf: PDFKit.PDFDocument;
  readonly #glyphs = new Map<FontName, OpenFont['font']>();
  /** where the next thing is drawn, points from the top */
  y = MARGIN.top;

  constructor(options: PageOptions) {
    this.pdf = new PDFDocument({
      size: options.paper,
      margin: 0,
      bufferPages: true,
      lang: options.language,
      displayTitle: true,
      pdfVersion: '1.7',
      // no standard font: all text is in embedded ones
      font: '',
      info: {
        Title: options.title,
        Author: options.author,
        Creator: 'Dialdesk',
        Producer: 'Dialdesk',
        CreationDate: new Date(options.madeAt),
        ModDate: new Date(options.madeAt),
      },
    });
    for (const name of ['regular', 'bold', 'chinese'] as const) {
      this.pdf.registerFont(name, options.fonts[name]);
    }
  }

  get left(): number {
    return MARGIN.left;
  }

  get width(): number {
    return this.pdf.page.width - MARGIN.left - MARGIN.right;
  }

  get bottom(): number {
    return this.pdf.page.height - MARGIN.bottom;
  }

  readonly #meter: FontMeter = {
    has: (font, codePoint) => this.#glyphsOf(font).hasGlyphForCodePoint(codePoint),
    width: (run, size) => this.pdf.font(run.font).fontSize(size).widthOfString(run.text),
  };

  #glyphsOf(font: FontName): OpenFont['font'] {
    const known = this.#glyphs.get(font);
    if (known) return known;
    this.pdf.font(font);
    const glyphs = (this.pdf as unknown as { _font: OpenFont })._font.font;
    this.#glyphs.set(font, glyphs);
    return glyphs;
  }

  lines(text: string, width: number, style: TextStyle): Line[] {
    return breakLines(text, width, (part) => this.measure(part, style));
  }

  measure(text: string, style: TextStyle): number {
    return widthOf(runsOf(text, fontOf(style), this.#meter), style.size, this.#meter);
  }

  lineHeight(style: TextStyle): number {
    return style.size * LINE_HEIGHT;
  }

  /** A new page when less than `height` is left. */
  need(height: number): void {
    if (this.y + height > this.bottom) this.next();
  }

  next(): void {
    this.pdf.addPage();
    this.y = MARGIN.top;
  }

  /** Draws one line at a place; it must fit. */
  line(line: Line, x: number, y: number, width: number, align: Align, style: TextStyle): void {
    const free = width - line.width;
    const baseline = y + style.size * ASCENT;
    if (align === 'justify' && !line.isLast && this.#justified(line, x, baseline, free, style))
      return;
    const offset = align === 'right' ? free : align === 'center' ? free / 2 : 0;
    this.#draw(line.text, x + offset, baseline, style);
  }

  /** Draws a text below what is there, over as many pages as it takes. */
  text(text: string, style: TextStyle, align: Align = 'left'): void {
    const height = this.lineHeight(style);
    for (const line of this.lines(text, this.width, style)) {
      this.need(height);
      this.line(line, this.left, this.y, this.width, align, style);
      this.y += height;
    }
  }

  rule(x: number, y: number, width: number, color = '#8a8f98'): void {
    this.pdf
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(0.6)
      .strokeColor(color)
      .stroke();
  }

  /** Spaces grow until the line is full; not when they would become holes. */
  #justified(line: Line, x: number, baseline: number, free: number, style: TextStyle): boolean {
    const words = line.text.split(' ');
    const gaps = words.length - 1;
    if (gaps < 2 || free / gaps > style.size) return false;
    const space = this.measure(' ', style) + free / gaps;
    let at = x;
    for (const [index, word] of words.entries()) {
      // the space is drawn too, so that copied text has it
      this.#draw(index < gaps ? `${word} ` : word, at, baseline, style);
      at += this.measure(word, style) + space;
    }
    return true;
  }

  #draw(text: string, x: number, baseline: number, style: TextStyle): void {
    let at = x;
    for (const run of runsOf(text, fontOf(style), this.#meter)) {
      const { pdf } = this;
      const color = style.color ?? '#111111';
      pdf.font(run.font).fontSize(style.size).fillColor(color).strokeColor(color);
      // the Chinese font has one weight: a thin outline makes it bold
      const isOutlined = style.bold === true && run.font === 'chinese';
      if (isOutlined) pdf.lineWidth(style.size / 40);
      pdf.text(run.text, at, baseline, {
        lineBreak: false,
        baseline: 'alphabetic',
        fill: true,
        stroke: isOutlined,
      });
      at += this.#meter.width(run, style.size);
    }
  }
}

function fontOf(style: TextStyle): 'regular' | 'bold' {
  return style.bold === true ? 'bold' : 'regular';
}
