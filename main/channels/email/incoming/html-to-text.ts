/** Elements whose content nobody reads. */
const unread = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg', 'math']);
/** Of these nothing but their own end is a tag (HTML, §13.2.5.2 and the next). */
const rawText: ReadonlyMap<string, RegExp> = new Map([
  ['script', /<\/script/gi],
  ['style', /<\/style/gi],
  ['title', /<\/title/gi],
]);
/** Elements that stand on lines of their own. */
const blocks = new Set([
  ...['p', 'div', 'table', 'tr', 'ul', 'ol', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre'],
  ...['blockquote', 'section', 'article', 'header', 'footer', 'hr', 'form', 'dl', 'dt', 'dd'],
]);
const entities: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', copy: '©', reg: '®' },
    ...{ euro: '€', pound: '£', hellip: '…', ndash: '–', mdash: '—', laquo: '«', raquo: '»' },
    ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', bdquo: '„', bull: '•', shy: '' },
    ...{ oacute: 'ó', Oacute: 'Ó', eacute: 'é', auml: 'ä', ouml: 'ö', uuml: 'ü', szlig: 'ß' },
  }),
);

/**
 * What a person reads in an HTML mail, as plain text. What it quotes keeps its `>`, so that a quotation is told from an
 * answer. In one pass over the text: hostile HTML costs no more than its length. The result is text, never to be shown
 * as HTML.
 */
export function htmlToText(html: string): string {
  const out = new TextLines();
  let skipped: string | null = null;
  for (const token of tokens(html)) {
    if (skipped !== null) {
      if (token.kind === 'close' && token.name === skipped) skipped = null;
    } else if (token.kind === 'text') out.write(decodeEntities(token.text));
    else if (token.kind === 'open' && unread.has(token.name)) skipped = token.name;
    else if (token.name === 'br') out.breakLine();
    else if (token.name === 'blockquote') out.quote(token.kind === 'open' ? 1 : -1);
    else if (blocks.has(token.name)) out.startBlock();
    else if (token.name === 'td' || token.name === 'th') out.write(' ');
  }
  return out.text();
}

type Token = { kind: 'text'; text: string } | { kind: 'open' | 'close'; name: string };

function* tokens(html: string): Generator<Token> {
  for (let at = 0; at < html.length; ) {
    const start = html.indexOf('<', at);
    const end = start < 0 ? html.length : start;
    if (end > at) yield { kind: 'text', text: html.slice(at, end) };
    if (start < 0) return;
    const { token, next } = tag(html, start);
    if (token !== null) yield token;
    at = token?.kind === 'open' ? endOfRawText(html, token.name, next) : next;
  }
}

function endOfRawText(html: string, name: string, from: number): number {
  const end = rawText.get(name);
  if (end === undefined) return from;
  end.lastIndex = from;
  return end.exec(html)?.index ?? html.length;
}

function tag(html: string, start: number): { token: Token | null; next: number } {
  if (html.startsWith('<!--', start)) {
    const close = html.indexOf('-->', start + 4);
    return { token: null, next: close < 0 ? html.length : close + 3 };
  }
  const name = /^<(\/?)([a-z][a-z0-9:-]{0,40})/i.exec(html.slice(start, start + 50));
  // before the search for its end: a text full of `<` would be searched through for each of them
  if (name === null && html[start + 1] !== '!' && html[start + 1] !== '?')
    return { token: { kind: 'text', text: '<' }, next: start + 1 };
  const close = html.indexOf('>', start);
  const next = close < 0 ? html.length : close + 1;
  if (name === null) return { token: null, next };
  const kind = name[1] === '/' ? 'close' : 'open';
  return { token: { kind, name: (name[2] ?? '').toLowerCase() }, next };
}

function decodeEntities(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});?/gi, (whole, name: string) => {
    if (!name.startsWith('#'))
      return entities.get(name) ?? entities.get(name.toLowerCase()) ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const isText = code > 31 && code < 0x11_0000 && (code < 0xd8_00 || code > 0xdf_ff);
    return isText ? String.fromCodePoint(code) : ' ';
  });
}

/** Pieces are put together once for each line: a string that grows by a character at a time is copied each time. */
class TextLines {
  #lines: string[] = [];
  #line: string[] = [];
  #endsWithSpace = true;
  #depth = 0;

  write(text: string): void {
    const flat = text.replaceAll(/[\s\u00a0]+/g, ' ');
    const piece = this.#endsWithSpace ? flat.trimStart() : flat;
    if (piece === '') return;
    this.#line.push(piece);
    this.#endsWithSpace = piece.endsWith(' ');
  }

  breakLine(): void {
    this.#lines.push(`${'> '.repeat(this.#depth)}${this.#line.join('').trimEnd()}`);
    this.#line = [];
    this.#endsWithSpace = true;
  }

  startBlock(): void {
    if (this.#line.length > 0) this.breakLine();
  }

  quote(change: 1 | -1): void {
    this.startBlock();
    this.#depth = Math.min(Math.max(this.#depth + change, 0), 10);
  }

  text(): string {
    this.startBlock();
    return this.#lines
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim();
  }
}
