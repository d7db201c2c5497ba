import { type DocumentLanguage, messageFieldTypes } from '#shared/contract/index.ts';
import type { CompiledBlock, Segment } from './compile-text.ts';
import { type ValueOf, writeSegment } from './write-text.ts';

// No colours of text and ground are set, so that a reader's light and dark both stay readable; a button sets both.
const BODY =
  "margin:0;padding:24px;font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif;font-size:16px;line-height:1.5";
const COLUMN = 'max-width:600px;margin:0 auto';
const PARAGRAPH = 'margin:0 0 16px';
const HEADING = 'margin:0 0 16px;font-size:20px;line-height:1.3';
const SMALL = 'margin:0 0 12px;font-size:13px';
const BUTTON =
  'display:inline-block;padding:12px 20px;border-radius:6px;background-color:#1d4ed8;color:#ffffff;text-decoration:none;font-weight:600';

/**
 * An e-mail of a few blocks: no tables, no pictures, nothing that is fetched. Everything that was written or filled in is
 * escaped; a field of type `link` becomes one when it is an address of http or https.
 */
export function writeHtml(
  { language, title }: { language: DocumentLanguage; title: string },
  blocks: readonly CompiledBlock[],
  fieldValue: ValueOf,
): string {
  const body = blocks.map((block) => writeBlock(block, fieldValue)).join('\n');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
</head>
<body style="${BODY}">
<div style="${COLUMN}">
${body}
</div>
</body>
</html>
`;
}

function writeBlock(block: CompiledBlock, fieldValue: ValueOf): string {
  const inner = block.segments.map((segment) => writeInline(segment, fieldValue)).join('');
  switch (block.style) {
    case 'heading':
      return `<h1 style="${HEADING}">${inner}</h1>`;
    case 'small':
      return `<p style="${SMALL}">${inner}</p>`;
    case 'text':
      return `<p style="${PARAGRAPH}">${inner}</p>`;
    case 'button':
      return writeButton(block, fieldValue);
  }
}

function writeButton(block: CompiledBlock, fieldValue: ValueOf): string {
  const label = block.segments.map((segment) => writeSegment(segment, fieldValue)).join('');
  const address = block.link === null ? undefined : fieldValue(block.link)?.text;
  if (address === undefined || !isWebAddress(address)) {
    return `<p style="${PARAGRAPH}">${escapeHtml(label)}</p>`;
  }
  const href = escapeHtml(address);
  return `<p style="${PARAGRAPH}"><a href="${href}" style="${BUTTON}">${escapeHtml(label || address)}</a></p>`;
}

function writeInline(segment: Segment, fieldValue: ValueOf): string {
  const text = writeSegment(segment, fieldValue);
  const escaped = escapeHtml(text).replaceAll('\n', '<br>\n');
  const isLink = 'field' in segment && messageFieldTypes[segment.field] === 'link';
  return isLink && isWebAddress(text) ? `<a href="${escaped}">${escaped}</a>` : escaped;
}

export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s<>"']+$/i.test(text) && URL.canParse(text);
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
